"""deploy/compose.yaml, as far as it can be checked without Docker."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # its types are one more package, for two calls
import pytest

from sosik.app.settings import Settings
from tests.deploy.small_yaml import Malformed, read

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TEXT = (ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8")
SCHEMA = json.loads((HERE / "compose-schema.json").read_text(encoding="utf-8"))


@pytest.fixture
def compose() -> dict[str, Any]:
    made = read(TEXT)
    assert isinstance(made, dict)
    return made


def test_it_has_the_structure_of_the_specification(compose: dict[str, Any]) -> None:
    jsonschema.validate(compose, SCHEMA)
    assert set(compose["services"]) == {"certificates", "elasticsearch", "postgresql", "schedule", "dashboard"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("restart: unless-stopped", "restart: sometimes"),
        ("condition: service_healthy", "condition: healthy"),
        ("    healthcheck:", "    health-check:"),
        ("127.0.0.1:8000:8000", "localhost:8000"),
        ("interval: 10s", "interval: 10 seconds"),
    ],
)
def test_the_check_finds_mistakes(old: str, new: str) -> None:
    assert old in TEXT
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(read(TEXT.replace(old, new, 1)), SCHEMA)


@pytest.mark.parametrize("text", ["a:\n\tb: c", "a: 1\na: 2", "a: [1", 'a: "b', "a:\n  b: c\n d: e", "just words"])
def test_the_reader_refuses_what_it_does_not_know(text: str) -> None:
    with pytest.raises(Malformed):
        read(text)


def test_what_services_name_is_there(compose: dict[str, Any]) -> None:
    services = compose["services"]
    for service in services.values():
        assert set(service.get("depends_on", {})) <= set(services)
        assert {each.split(":")[0] for each in service.get("volumes", ())} <= set(compose["volumes"])
        for other, condition in service.get("depends_on", {}).items():
            if condition["condition"] == "service_healthy":
                assert "healthcheck" in services[other]
    build = services["schedule"]["build"]
    assert (ROOT / "deploy" / build["context"] / build["dockerfile"]).is_file()


def test_every_setting_is_one_that_sosik_knows(compose: dict[str, Any]) -> None:
    environment = compose["services"]["schedule"]["environment"]
    assert compose["services"]["dashboard"]["environment"] == environment
    for name in environment:
        assert name.removeprefix("SOSIK_").lower() in Settings.model_fields, name


def test_no_secret_is_written_down_and_security_is_on(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        for name, value in service.get("environment", {}).items():
            if re.search("PASSWORD|SECRET|KEY|LEDGER_URL", name):
                assert ":?" in value, name
    assert compose["services"]["elasticsearch"]["environment"]["xpack.security.enabled"] == "true"
    for service in compose["services"].values():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ()))


def test_the_head_says_what_was_not_run() -> None:
    assert "Not run by those who wrote it" in TEXT.split("\nname:")[0]


def test_the_image_copies_what_there_is() -> None:
    for line in (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8").splitlines():
        if line.startswith("COPY "):
            for each in line.split()[1:-1]:
                assert (ROOT / each).exists(), each
