"""What endpoints need: what is live (the loaded application, the judge), the settings."""

from typing import Annotated

from fastapi import Depends, Request

from postlint.api.judge import Judge
from postlint.api.live import Live
from postlint.bootstrap import Application
from postlint.settings import Settings


def _live(request: Request) -> Live:
    live: Live = request.app.state.live
    return live


def _application(request: Request) -> Application:
    return _live(request).current.application


def _judge(request: Request) -> Judge:
    return _live(request).current.judge


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


LiveDependency = Annotated[Live, Depends(_live)]
ApplicationDependency = Annotated[Application, Depends(_application)]
JudgeDependency = Annotated[Judge, Depends(_judge)]
SettingsDependency = Annotated[Settings, Depends(_settings)]
