"""重抽一遍：python redraw.py 名单.csv 种子 比例（例如 2026-11.csv 4f1c9a27d05be683 20）。只用 Python 自带的部分。"""

# ruff: noqa: T201
import csv
import hashlib
import sys
from pathlib import Path

path, seed, rate = sys.argv[1:]
data = Path(path).read_bytes()
print("名单摘要", hashlib.sha256(data).hexdigest())
print("种子摘要", hashlib.sha256(seed.encode()).hexdigest())
units = {}
for number, episode, unit in csv.reader(data.decode().splitlines()):
    digest = hashlib.sha256(f"{seed}:{number}:{episode}".encode()).hexdigest()
    units.setdefault(unit, []).append((int(digest[:8], 16) / 2**32, number))
for unit in sorted(units):
    for place, (key, number) in enumerate(sorted(units[unit])):
        if key < int(rate) / 100 or place < 5:
            print(number, f"{key:.4f}", "随机抽中" if key < int(rate) / 100 else "月末补足")
