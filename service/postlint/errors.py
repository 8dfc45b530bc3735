"""What can go wrong outside a draft: each error says where, and what would be right."""

from collections.abc import Mapping, Sequence
from pathlib import Path


class PostlintError(Exception):
    """Base of every error that postlint raises on purpose; its text is for people."""


class ModelError(PostlintError):
    """A model cannot be loaded: files missing, changed, or of an unknown form."""


class SettingsError(PostlintError):
    """A setting has a value that the service cannot start with."""


class UnknownPolicyError(PostlintError):
    """A draft names a policy that is not loaded."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        self.name = name
        self.known = tuple(known)
        super().__init__(f"unknown policy {name!r}; known: {', '.join(known)}")


class ServiceError(PostlintError):
    """A running service does not answer, or refuses what it was asked."""


class UnknownIncidentError(PostlintError):
    """There is no incident of that id on file."""

    def __init__(self, id: str) -> None:
        self.id = id
        super().__init__(f"unknown incident {id!r}")


class StoreBusyError(PostlintError):
    """Another process is writing packs and does not come to an end."""


class InheritanceError(PostlintError):
    """Policies extend what does not exist, or themselves.

    problems: by id of the policy to mend, what is wrong with its `extends`.
    """

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        super().__init__("\n".join(f"policy {name!r}: {said}" for name, said in problems.items()))


class SourceError(PostlintError):
    """A data file (rule, pack, calendar) is wrong.

    path: the file; line: 1-based, or None where the whole file is meant;
    problem: what is wrong and which values are allowed; excerpt: what stands there;
    field: where in the file, as ("examples", "match", 0), empty where it is not known.
    """

    def __init__(
        self,
        path: Path,
        line: int | None,
        problem: str,
        excerpt: str = "",
        field: Sequence[str | int] = (),
    ) -> None:
        self.path = path
        self.line = line
        self.problem = problem
        self.excerpt = excerpt
        self.field = tuple(field)
        where = f"{path}:{line}" if line is not None else str(path)
        super().__init__(f"{where}: {problem}" + (f"\n    {excerpt}" if excerpt else ""))


class RulesError(PostlintError):
    """The rule packs cannot be loaded; holds every problem found, not only the first."""

    def __init__(self, problems: Sequence[SourceError]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in problems))
