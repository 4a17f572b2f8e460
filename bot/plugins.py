"""Finds plug-in modules: each file or folder of a package that holds a certain constant is one."""

import pkgutil
from importlib import import_module
from typing import Any


def found_in(package: str, constant: str) -> list[Any]:
    """What the modules of *package* call *constant*, in the order of their names. Modules without
    it belong to the package itself."""
    where = import_module(package).__path__
    modules = (import_module(f"{package}.{one.name}") for one in pkgutil.iter_modules(where))
    return [getattr(module, constant) for module in modules if hasattr(module, constant)]
