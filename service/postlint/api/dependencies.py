"""What endpoints need: the loaded application, the judge, the settings."""

from typing import Annotated

from fastapi import Depends, Request

from postlint.api.judge import Judge
from postlint.bootstrap import Application
from postlint.settings import Settings


def _application(request: Request) -> Application:
    application: Application = request.app.state.application
    return application


def _judge(request: Request) -> Judge:
    judge: Judge = request.app.state.judge
    return judge


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


ApplicationDependency = Annotated[Application, Depends(_application)]
JudgeDependency = Annotated[Judge, Depends(_judge)]
SettingsDependency = Annotated[Settings, Depends(_settings)]
