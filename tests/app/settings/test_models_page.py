"""The settings' page Models: addresses are kept at once; what is none is said and not kept."""

from __future__ import annotations

from app.application import Application
from app.settings.dialog import Parts
from app.settings.models import ModelsPage
from core.settings import Settings, load_settings
from tests.app.conftest import program, start

__all__ = ["program", "start"]


def page_of(program: Application) -> ModelsPage:
    return ModelsPage(Parts(lambda: program.settings, program._keep, program.messages, program.background))


def test_an_address_is_kept_and_one_that_is_none_is_said(program: Application) -> None:
    page = page_of(program)
    field = page.fields["hub_endpoint"]
    field.setText("https://mirror.example")
    field.editingFinished.emit()
    assert load_settings()[0].hub_endpoint == "https://mirror.example"
    field.setText("mirror")
    field.editingFinished.emit()
    assert program.settings.hub_endpoint == "https://mirror.example"
    assert "no address" in page._wrong.text()
    second = page.fields["second_source"]
    assert second.text() == Settings().second_source
    second.setText("")
    second.editingFinished.emit()
    assert program.settings.second_source == ""
