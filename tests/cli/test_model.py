"""`postlint model` for people who want to know what judges their drafts."""

import json
import shutil
import sys
from itertools import takewhile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from postlint.cli.main import main
from postlint.inference.manifest import MANIFEST_FILE, MODEL_FILE, checksums
from postlint.resources import model_folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["model", *arguments])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped model."""
    path = tmp_path / "model"
    shutil.copytree(model_folder(), path, ignore=shutil.ignore_patterns("training"))
    return path


def test_info_names_heads_thresholds_sizes_and_data() -> None:
    result = run("info")
    manifest = json.loads((model_folder() / MANIFEST_FILE).read_text())

    assert result.exit_code == 0, result.output
    assert result.output.startswith(f"{manifest['name']} {manifest['version']}\n")
    assert f"heads ({len(manifest['heads'])})" in result.output
    assert f"review from {manifest['thresholds']['toxicity']['review']:g}\n" in result.output
    assert "never alarms" in result.output
    assert f"{(model_folder() / MODEL_FILE).stat().st_size / 1e6:.1f} MB" in result.output
    assert "HatemojiBuild (CC BY 4.0)" in result.output


def test_verify_tells_that_checksums_hold_and_the_model_runs() -> None:
    result = run("verify")

    assert result.exit_code == 0, result.output
    assert "checksums of model.onnx, tokenizer.json hold; one pass gives" in result.output


def test_verify_of_a_changed_file_exits_with_1_and_names_it(folder: Path) -> None:
    with (folder / MODEL_FILE).open("ab") as file:
        file.write(b" ")

    result = run("verify", "--model", str(folder))

    assert result.exit_code == 1
    assert f"{MODEL_FILE}: sha256 is " in result.stderr


def test_verify_runs_the_model_and_refuses_what_is_no_probability(folder: Path) -> None:
    onnx = pytest.importorskip("onnx")
    heads = [0.5, 1.5]
    node = onnx.helper.make_node(
        "Constant",
        [],
        ["heads"],
        value=onnx.helper.make_tensor("scores", onnx.TensorProto.FLOAT, [1, 2], heads),
    )
    graph = onnx.helper.make_graph(
        [node],
        "logits",
        [onnx.helper.make_tensor_value_info("input_ids", onnx.TensorProto.INT64, [1, "tokens"])],
        [onnx.helper.make_tensor_value_info("heads", onnx.TensorProto.FLOAT, [1, 2])],
    )
    opset = onnx.helper.make_opsetid("", 17)
    onnx.save(
        onnx.helper.make_model(graph, opset_imports=[opset], ir_version=8), folder / MODEL_FILE
    )
    path = folder / MANIFEST_FILE
    names = {"heads": ["toxicity", "insult"], "intents": [], "groups": [], "thresholds": {}}
    path.write_text(json.dumps(json.loads(path.read_text()) | names | {"files": checksums(folder)}))

    result = run("verify", "--model", str(folder))

    assert result.exit_code == 1
    assert "gives no probability for insult" in result.stderr


def rows(output: str, title: str) -> list[tuple[str, str, float, str]]:
    """Mark, name, value and bar of the lines under a title."""
    block = output.partition(f"{title}:\n")[2]
    lines = takewhile(lambda line: line[0] in " !", block.splitlines())
    return [
        (line[0], name, float(value), "".join(bar))
        for line in lines
        for name, value, *bar in [line[2:].split()]
    ]


def test_score_prints_the_highest_first_and_marks_what_alarms() -> None:
    result = run("score", "You people are a bunch of stupid, worthless idiots.")
    thresholds = json.loads((model_folder() / MANIFEST_FILE).read_text())["thresholds"]
    heads = rows(result.output, "heads")
    values = [value for _, _, value, _ in heads]

    assert result.exit_code == 0, result.output
    assert values == sorted(values, reverse=True)
    assert min(values) >= 0.05
    for mark, name, value, bar in heads:
        limit = thresholds[name]["review"] if name in thresholds else 2
        assert mark == ("!" if value >= limit else " ") or value == pytest.approx(limit, abs=0.01)
        assert len(bar) == pytest.approx(20 * value, abs=1)
    assert "toxicity" in [name for mark, name, *_ in heads if mark == "!"]
    assert "stupid" in result.output.partition("toxic words:\n")[2]


def test_score_names_the_group_that_is_attacked() -> None:
    result = run("score", "Women are too stupid to drive, they belong in the kitchen")

    mark, name, *_ = rows(result.output, "groups")[0]

    assert (mark, name) == ("!", "women")


def test_the_setting_chooses_the_model_and_the_option_wins(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    monkeypatch.setenv("POSTLINT_MODEL", "none")

    assert run("info", "--model", str(folder)).exit_code == 0
    for command in (["info"], ["score", "hello"]):
        result = run(*command)
        assert result.exit_code == 2
        assert "'none' is no model" in result.stderr
    assert run("verify").exit_code == 1


def test_an_unknown_model_exits_with_2_and_says_what_there_is() -> None:
    result = run("info", "--model", "detoxify:huge")

    assert result.exit_code == 2
    assert "known: original, unbiased" in result.stderr


def test_an_exported_checkpoint_is_a_model_for_every_command(tmp_path: Path) -> None:
    for package in ("onnx", "torch", "transformers"):
        pytest.importorskip(package)
    from tests.inference.checkpoints import write_checkpoint

    checkpoint, folder = write_checkpoint(tmp_path, "Albert"), str(tmp_path / "new" / "model")
    result = run("export", str(checkpoint), folder, "--review", "0.6")

    assert result.exit_code == 0, result.output
    assert f"{folder}: detoxify:albert.ckpt " in result.output
    assert "-int8, " in result.output
    info = run("info", "--model", folder).output
    assert "sexual_explicit          review from 0.6" in info
    assert "intents (0): none\ngroups (0): none\ndata:\n  not stated" in info
    assert run("verify", "--model", folder).exit_code == 0
    said = run("score", "you idiot", "--model", folder).output
    assert rows(said, "heads")
    assert not any(title in said for title in ("intents:", "groups:", "toxic words:"))

    again = run("export", str(checkpoint), folder)
    assert again.exit_code == 2
    assert "has a model already" in again.stderr


def test_export_keeps_float32_when_asked(tmp_path: Path) -> None:
    for package in ("onnx", "torch", "transformers"):
        pytest.importorskip(package)
    from tests.inference.checkpoints import write_checkpoint

    result = run("export", str(write_checkpoint(tmp_path, "Bert")), str(tmp_path / "m"), "--float")

    assert result.exit_code == 0, result.output
    assert "-float32, " in result.output


def test_export_without_its_packages_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "postlint.inference.export", raising=False)
    monkeypatch.setitem(sys.modules, "torch", None)

    result = run("export", str(tmp_path / "any.ckpt"), str(tmp_path / "model"))

    assert result.exit_code == 2
    assert "torch is not installed: pip install 'postlint[detoxify]'" in result.stderr


def test_export_warns_that_a_checkpoint_can_run_code() -> None:
    text = " ".join(run("export", "--help").output.split())

    assert "export only files of your own, or of somebody you trust" in text
