"""A step inside and outside a flow run, with a real Prefect server, with one that is gone, and with none."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from tasks.artifacts import key_of, plain
from tasks.step import log, publish_link, publish_markdown, publish_table, scheduled_for, step
from tests.services.prefect_server import Prefect, run_python

pytestmark = pytest.mark.timeout(600)


def test_outside_a_flow_run_a_step_is_a_plain_call_and_prefect_is_not_imported() -> None:
    told = run_python("""
        import json, sys
        from tasks.step import log, publish_link, publish_markdown, publish_table, scheduled_for, step

        @step(retries=2, name="twice")
        def double(figure: int) -> int:
            log().info("doubling")
            publish_table("figures", [{"figure": figure}])
            publish_markdown("figures", "text")
            publish_link("figures", "https://example.vn")
            return 2 * figure

        print(json.dumps([double(21), scheduled_for(), double.__name__, "prefect" in sys.modules]))
    """)
    assert told == [42, None, "double", False]


def test_outside_a_flow_run_a_step_is_not_tried_again() -> None:
    tries = []

    @step(retries=3)
    def breaks() -> None:
        tries.append(1)
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        breaks()
    assert len(tries) == 1


def test_outside_a_flow_run_what_is_logged_goes_to_the_standard_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="tonghop"):
        log().info("taken in")
    assert ("tonghop", "taken in") in [(record.name, record.message) for record in caplog.records]
    publish_table("figures", [{"figure": 1}])
    publish_markdown("figures", "text")
    publish_link("figures", "javascript:alert(1)")
    assert scheduled_for() is None


def test_inside_a_flow_run_a_step_is_a_task_with_its_own_name_tries_and_log(prefect: Prefect) -> None:
    told = prefect.python("""
        import json, logging
        from prefect import flow
        from tasks.step import log, scheduled_for, step

        tries = []

        @step(name="read the figures", retries=2, retry_delay_seconds=0)
        def read(figure: int) -> int:
            tries.append(figure)
            log().info("try %s", len(tries))
            logging.getLogger("tonghop.sources").warning("a noun's warning")
            if len(tries) < 3:
                raise OSError("not yet")
            return figure

        @step()
        def once() -> None:
            tries.append("once")
            raise OSError("never again")

        @flow
        def sentence() -> str:
            from prefect.runtime import flow_run
            figure = read(7)
            try:
                once()
            except OSError:
                pass
            return f"{flow_run.id} {figure} {scheduled_for().tzinfo is not None}"

        print(json.dumps([sentence(), tries]))
    """)
    sentence, tries = told
    run, figure, has_zone = sentence.split()
    assert (figure, has_zone, tries) == ("7", "True", [7, 7, 7, "once"])
    tasks = prefect.api.post("/task_runs/filter", {"flow_runs": {"id": {"any_": [run]}}})
    assert {(t["name"].rsplit("-", 1)[0], t["run_count"], t["state"]["name"]) for t in tasks} == {
        ("read the figures", 3, "Completed"),
        ("once", 1, "Failed"),
    }
    lines = [
        line["message"]
        for line in prefect.api.post("/logs/filter", {"logs": {"flow_run_id": {"any_": [run]}}})
    ]
    assert {"try 1", "try 3", "a noun's warning"} <= set(lines)


ARTIFACTS = """
    import json
    from prefect import flow
    from tasks.step import publish_link, publish_markdown, publish_table, step

    @step()
    def show() -> str:
        publish_table("Bảng-Đức Huệ", [
            {"Đơn vị": "<img src=x onerror=alert(1)>|Xã A\\n", "Số": 5658, "Tỷ lệ": None},
            {"Đơn vị": "[bấm vào](javascript:alert(1))", "Số": 0.5, "Tỷ lệ": "8,54%"},
        ], "Tình hình <b>")
        publish_markdown("ban-1", "**Bản 1**\\n\\n| a | b |\\n|---|---|\\n| <script>x</script> | [y](javascript:z) |")
        publish_link("thu", "https://example.vn/thu?a=1", "Thư <đi>")
        publish_link("xau", "javascript:alert(1)", "x")
        return "shown"

    @flow
    def sentence() -> str:
        return show()

    print(json.dumps(sentence()))
"""


def test_artifacts_show_figures_as_figures_and_text_from_files_as_harmless_text(prefect: Prefect) -> None:
    assert prefect.python(ARTIFACTS) == "shown"
    found = {one["key"]: one for one in prefect.api.post("/artifacts/filter", {"limit": 200})}
    table = json.loads(found["bang-duc-hue"]["data"])
    assert [row["Số"] for row in table] == [5658, 0.5]
    assert table[0]["Đơn vị"] == "‹img src=x onerror=alert(1)›¦Xã A"
    assert table[1]["Đơn vị"] == "[bấm vào] (javascript:alert(1))"
    assert found["bang-duc-hue"]["description"] == "Tình hình ‹b›"
    text = found["ban-1"]["data"]
    assert text.startswith("**Bản 1**\n\n| a | b |")
    assert "<" not in text
    assert "](javascript" not in text
    assert found["thu"]["data"] == "[Thư ‹đi›](https://example.vn/thu?a=1)"
    assert "xau" not in found


def test_a_table_too_long_for_a_page_says_how_much_it_leaves_out(prefect: Prefect) -> None:
    prefect.python("""
        import json
        from prefect import flow
        from tasks.step import publish_table

        @flow
        def sentence() -> None:
            publish_table("long", [{"n": n} for n in range(1003)], "Units")

        sentence()
        print(json.dumps(None))
    """)
    found = next(a for a in prefect.api.post("/artifacts/filter", {"limit": 200}) if a["key"] == "long")
    assert len(json.loads(found["data"])) == 1000
    assert "3 dòng" in found["description"]


LOST = """
    import json, os, signal, sys, time
    from pathlib import Path
    from tonghop.orchestrator import Server
    server = Server(Path(os.environ["OWN_HOME"]))
    server.start()
    os.environ["PREFECT_API_URL"] = server.api_url
    from prefect import flow
    from tasks import artifacts
    from tasks.flow_run import run_as_flow
    from tasks.step import log, publish_markdown, step

    artifacts.PATIENCE_SECONDS = 1.0
    done = []

    @step()
    def lose_the_server() -> None:
        os.kill(server.child.pid, signal.SIGKILL)

    @step()
    def deliver(figure: int) -> int:
        log().info("delivering")
        publish_markdown("edition", "one")
        publish_markdown("edition", "two")
        done.append(figure)
        return figure

    @flow
    def sentence(figure: int) -> int:
        lose_the_server()
        return deliver(figure)

    @flow
    def wrong(figure: int) -> int:
        done.append("wrong")
        raise LookupError("the sentence's own error")

    told = [run_as_flow(sentence, 5), run_as_flow(sentence.with_options(name="unreached"), figure=6)]
    try:
        run_as_flow(wrong, 1)
    except LookupError as error:
        told.append(str(error))
    server.stop()
    print(json.dumps([told, done]))
"""


def test_a_server_that_dies_in_the_middle_takes_no_step_and_no_answer_with_it(
    prefect: Prefect, tmp_path: Path
) -> None:
    prefect.lay_out(tmp_path)
    quick = {"PREFECT_CLIENT_MAX_RETRIES": "0", "PREFECT_LOGGING_LEVEL": "CRITICAL"}
    told, done = run_python(
        LOST, OWN_HOME=str(tmp_path), PREFECT_SERVER_EPHEMERAL_ENABLED="false", DO_NOT_TRACK="1", **quick
    )
    assert told == [5, 6, "the sentence's own error"]
    assert done == [5, 6, "wrong"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Bản 1: Đức Huệ", "ban-1-duc-hue"),
        ("edition-duc-hue-2020-08-18", "edition-duc-hue-2020-08-18"),
        ("—", "tonghop"),
    ],
)
def test_a_key_is_lower_case_letters_digits_and_dashes(text: str, key: str) -> None:
    assert key_of(text) == key


def test_plain_text_is_one_line_of_bounded_length_without_control_signs() -> None:
    assert plain("a\u202eb\r\n\tc\x00d") == "a b c d"
    assert len(plain("x" * 10_000)) == 500
