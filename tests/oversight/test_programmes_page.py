"""联系制度 on its pages: what is asked of whom, in words; a new edition by the director; what it changed."""

from datetime import date
from html import unescape

import pytest

from liaison.oversight import rule_words
from liaison.programmes import shipped
from liaison.programmes.actions.editions import settle_programmes
from liaison.programmes.models import Programme
from liaison.programmes.queries import rules
from liaison.programmes.words import Strength

FUJIAN, NOTICE = "/programmes/FJ21", "/programmes/MOE19"
DEP = f"{NOTICE}/lines/MOE19-DEP"


@pytest.fixture(autouse=True)
def _settled(db, frozen):
    frozen("2026-11-20 10:00")
    settle_programmes()
    db.session.flush()


def editions(db, code):
    db.session.expire_all()
    return rules.editions(db.session.scalars(db.select(Programme.id).filter_by(code=code)).one())


def line(db, code, name):
    return next(row for row in rules.requirements(editions(db, code)[0].id) if row.code == name)


def said(page):
    return unescape(page.text)


# --- reading -------------------------------------------------------------------------------------


@pytest.mark.parametrize("login", ["director", "wang", "zhang", "li", "liaison", "auditor"])
def test_whoever_owes_by_the_rules_may_read_them(sign_in_as, login):
    browser = sign_in_as(login)
    for path in ("/programmes", FUJIAN, NOTICE):
        assert browser.get(path).status_code == 200


@pytest.mark.parametrize("login", ["sun", "admin", "security", "desk"])
def test_for_others_they_are_not_there(sign_in_as, login):
    assert sign_in_as(login).get(FUJIAN).status_code == 404


def test_a_visitor_is_sent_to_the_sign_in(client):
    assert "/sign-in" in client.get("/programmes").location


def test_the_list_says_which_are_in_use(sign_in_as):
    page = said(sign_in_as("wang").get("/programmes"))
    notice, fujian = page.index('id="MOE19"'), page.index('id="FJ21"')
    assert "在用" in page[notice:fujian]
    assert "没有启用" in page[fujian:]
    assert "教党函〔2019〕34号" in page


def test_every_line_is_said_in_words_with_the_wording_of_its_source(sign_in_as):
    page = said(sign_in_as("wang").get(FUJIAN))
    for one in next(one for one in shipped.programmes() if one.code == "FJ21").rules:
        assert one.title in page, one.code
        assert rule_words.owed(one) in page, one.code
        assert one.source_ref in page, one.code


@pytest.mark.parametrize(
    ("code", "name", "words"),
    [
        ("MOE19", "MOE19-F2F", "每周 1 次"),
        ("FJ21", "FJ21-L1-LINK", "1 个联系点"),
        ("FJ21", "FJ21-L2-DAY", "每月 1 个半天"),
        ("FJ21", "FJ21-7-CLASS", "每学期 1 次（每门课）"),
        ("FJ21", "FJ21-7-LEC-P", "每学期 2 讲"),
        ("FJ21", "FJ21-7-CANT", "不定次数"),
        ("FJ21", "FJ21-3T-PLAN", "每学年 1 份申报"),
    ],
)
def test_how_often(app, code, name, words):
    found = next(one for one in shipped.programmes() if one.code == code).rules
    with app.test_request_context():
        assert rule_words.owed(next(one for one in found if one.code == name)) == words


def test_a_programme_without_lines_says_so(sign_in_as):
    assert "没有自己的条目" in sign_in_as("wang").get("/programmes/YX20").text


@pytest.mark.parametrize("path", ["/programmes/NONE", f"{FUJIAN}?edition=7", f"{FUJIAN}?edition=x"])
def test_what_is_not_there(sign_in_as, path):
    assert sign_in_as("director").get(path).status_code == 404


def test_the_pages_cost_the_same_however_many_lines(queries, sign_in_as):
    browser = sign_in_as("wang")
    for path, statements in (("/programmes", 5), (FUJIAN, 5), (NOTICE, 5)):
        browser.get(path)
        with queries() as asked:
            browser.get(path)
        assert len(asked) == statements, path


# --- a new edition -------------------------------------------------------------------------------


def test_the_director_sets_the_number_of_the_school(db, sign_in_as):
    browser = sign_in_as("director")
    assert "请写上本校的次数" in browser.get(DEP).text
    said_now = {"minimum": "3", "is_in_force": "y", "edition_note": "校办〔2026〕8号"}
    answer = browser.submit(DEP, said_now, move="rule")
    assert (answer.status_code, answer.location) == (303, NOTICE)
    newest = editions(db, "MOE19")[0]
    assert (newest.edition, newest.from_on, newest.note) == (2, date(2026, 12, 1), "校办〔2026〕8号")
    assert (line(db, "MOE19", "MOE19-DEP").minimum, line(db, "MOE19", "MOE19-DEP").is_in_force) == (3, True)
    page = said(sign_in_as("wang").get(NOTICE))
    assert "至少由“2”改为“3”" in page
    assert "在用由“否”改为“是”" in page
    assert "校办〔2026〕8号" in page
    assert "今天按第 1 版" in page  # until December


def test_the_lines_that_were_not_touched_stay_as_they_were(db, sign_in_as):
    sign_in_as("director").submit(DEP, {"minimum": "3"}, move="rule")
    before, after = (rules.requirements(one.id) for one in reversed(editions(db, "MOE19")))
    changed = [row.code for row, old in zip(after, before, strict=True) if row.minimum != old.minimum]
    assert changed == ["MOE19-DEP"]
    assert [row.kinds for row in after] == [row.kinds for row in before]


def test_every_shipped_line_comes_back_from_its_form_as_it_was(db, sign_in_as):
    """Pressed without a change it is refused: nothing of a line is lost on the way through the page."""
    browser = sign_in_as("director")
    for code in ("MOE19", "FJ21", "LN16"):
        for row in rules.requirements(editions(db, code)[0].id):
            answer = browser.submit(f"/programmes/{code}/lines/{row.code}", move="rule")
            assert answer.status_code == 422, row.code
            assert "和现行的一样" in answer.text, row.code
        assert len(editions(db, code)) == 1


def test_pressed_twice_it_saves_one_edition(db, sign_in_as):
    browser = sign_in_as("director")
    page = browser.get(DEP)
    data = {"minimum": "3", "base": "1"}
    assert browser.submit(DEP, data, move="rule").status_code == 303
    assert page.status_code == 200
    assert browser.submit(DEP, data | {"minimum": "4"}, move="rule").status_code == 409
    assert len(editions(db, "MOE19")) == 2


def test_of_two_directors_the_second_reads_that_somebody_was_faster(db, sign_in_as):
    browser = sign_in_as("director")
    old = browser.get(DEP)
    browser.submit(f"{NOTICE}/lines/MOE19-NET", {"minimum": "1"}, move="rule")
    from tests.client import find_form
    from tests.html import form_fields

    fields = form_fields(find_form(old, DEP, to=None, move="rule"))
    answer = browser.post(DEP, data=fields | {"minimum": "5"})
    assert answer.status_code == 409
    assert "第 2 版" in said(answer)
    assert 'value="5"' in answer.text  # what he typed is still there
    assert len(editions(db, "MOE19")) == 2


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"title": ""}, "请写名称"),
        ({"minimum": "-1"}, "整数"),
        ({"minimum": "x"}, "整数"),
        ({"from_on": "2019-01-01"}, "起已有第"),
        ({"unit": "weeks"}, "按“周”计的条目"),
        ({"from_on": ""}, "请选一天"),
    ],
)
def test_what_cannot_be_right_comes_back_with_a_sentence(db, sign_in_as, typed, words):
    answer = sign_in_as("director").submit(DEP, {"note": "新的说明"} | typed, move="rule")
    assert answer.status_code == 422
    assert words in said(answer)
    assert "新的说明" in answer.text
    assert len(editions(db, "MOE19")) == 1


def test_a_line_of_the_schools_own_is_added(db, sign_in_as):
    typed = {
        "code": "MOE19-OWN",
        "title": "校领导午餐会",
        "subject_role": "leader",
        "strength": "advocated",
        "period": "month",
        "minimum": "1",
        "unit": "times",
        "kinds": "enter_canteen",
        "target_scope": "any",
        "calendar_basis": "term_months",
    }
    browser = sign_in_as("director")
    assert browser.submit(f"{NOTICE}/lines/new", typed, move="rule").status_code == 303
    row = line(db, "MOE19", "MOE19-OWN")
    assert (row.title, row.strength, row.kinds) == ("校领导午餐会", Strength.ADVOCATED, ["enter_canteen"])
    page = said(browser.get(NOTICE))
    assert "新加的一条" in page
    again = browser.submit(f"{NOTICE}/lines/new", typed, move="rule")
    assert again.status_code == 422
    assert "各不相同" in said(again)


def test_a_programme_is_switched_on_for_the_present_academic_year(db, sign_in_as):
    browser = sign_in_as("director")
    assert browser.submit(FUJIAN, move="switch").status_code == 303
    newest = editions(db, "FJ21")[0]
    assert (newest.edition, newest.is_in_force, newest.from_on) == (2, True, date(2026, 9, 1))
    assert "启用这项制度。" in said(browser.get(FUJIAN))
    assert "李书记" in sign_in_as("li").get("/forms?month=2026-11").text  # and so there are forms
    browser.submit(FUJIAN, move="switch")
    newest = editions(db, "FJ21")[0]
    assert (newest.edition, newest.is_in_force, newest.from_on) == (3, False, date(2026, 12, 1))


def test_switched_to_what_it_is_already_nothing_is_saved(db, sign_in_as):
    browser = sign_in_as("director")
    assert browser.submit(FUJIAN, {"wanted": "no"}, move="switch").status_code == 422
    assert len(editions(db, "FJ21")) == 1


@pytest.mark.parametrize("login", ["wang", "zhang", "li", "auditor", "admin"])
def test_nobody_but_the_director_changes_a_rule(db, sign_in_as, login):
    browser = sign_in_as(login)
    for path in (DEP, f"{NOTICE}/lines/new"):
        assert browser.get(path).status_code == 404
        assert browser.send(path, {"minimum": "9"}).status_code == 404
    assert browser.send(f"{FUJIAN}/switch", {"wanted": "yes"}).status_code == 404
    assert len(editions(db, "MOE19")) == 1


def test_an_earlier_edition_can_still_be_read_but_not_changed(sign_in_as):
    browser = sign_in_as("director")
    browser.submit(DEP, {"minimum": "3"}, move="rule")
    page = browser.get(f"{NOTICE}?edition=1").text
    assert "这是以前的一版" in page
    assert "lines/MOE19-DEP" not in page


# --- the first two steps of the set-up -------------------------------------------------------------


def step(page, name):
    found = page[page.index(f'id="{name}"') :]
    return found[: found.index("</li>")]


def test_the_set_up_begins_with_the_programmes_and_the_number_of_the_school(sign_in_as):
    browser = sign_in_as("director")
    page = said(browser.get("/set-up"))
    assert page.index('id="programmes"') < page.index('id="school_number"') < page.index('id="calendar"')
    assert "深入基层联系学生" in step(page, "programmes")
    assert "还没做" in step(page, "programmes")
    browser.submit(FUJIAN, move="switch")
    page = said(browser.get("/set-up"))
    assert "已做好" in step(page, "programmes")
    assert "五联七进" in step(page, "programmes")


def test_the_number_of_the_school_is_set_or_left_as_it_is(sign_in_as):
    browser = sign_in_as("director")
    assert f'href="{DEP}"' in browser.get("/set-up").text
    browser.submit(DEP, {"minimum": "2", "is_in_force": "y"}, move="rule")
    done = step(said(browser.get("/set-up")), "school_number")
    assert "已做好" in done
    assert "每月 2 次" in done


def test_a_school_that_sets_no_number_says_so_by_adopting_the_default(sign_in_as):
    browser = sign_in_as("director")
    assert browser.submit("/set-up", to="/settings/school_number/defaults").status_code == 303
    assert "已做好" in step(browser.get("/set-up").text, "school_number")


def test_the_settings_lead_to_the_same_pages(sign_in_as):
    page = sign_in_as("director").get("/settings").text
    assert 'href="/programmes"' in page
    assert f'href="{DEP}"' in page
    assert sign_in_as("director").get("/settings/programmes").status_code == 404
