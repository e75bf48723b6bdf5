#!/usr/bin/env python3
"""Usage: ffi.py LIBRARY HEADER. Calls the shared library as a language without a C compiler does; standard library only."""
import ctypes
import re
import sys

library = ctypes.CDLL(sys.argv[1])
header = re.sub(r"/\*.*?\*/", "", open(sys.argv[2], encoding="utf-8").read(), flags=re.S)
pointer, address = ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p)


def declare(name, result, *arguments):
    function = getattr(library, name)
    function.restype, function.argtypes = result, arguments
    return function


def expect(condition, what):
    if not condition:
        sys.exit("ffi: " + what)


version = ".".join(re.search(rf"#define\s+GRZ_VERSION_{part}\s+(\d+)", header)[1] for part in ("MAJOR", "MINOR", "PATCH"))
expect(declare("grz_version", ctypes.c_char_p)().decode() == version, "grz_version differs from the header's")

# Every constant is a function, too: the enumerators and numeric macros of the header by name.
value = declare("grz_constant_value", ctypes.c_int, ctypes.c_char_p, ctypes.POINTER(ctypes.c_int32))
constants = dict(re.findall(r"\b(GRZ_[A-Z0-9_]+) = (-?\d+)", header)) | dict(re.findall(r"^#define\s+(GRZ_[A-Z_]+)\s+(-?\d+)\s*$", header, re.M))
for name, expected in constants.items():
    number = ctypes.c_int32(-12345)
    expect(value(name.encode(), ctypes.byref(number)) == 0 and number.value == int(expected), f"{name} is {number.value}, the header says {expected}")
expect(declare("grz_constant_count", ctypes.c_int32)() == len(constants), f"grz_constant_count is not {len(constants)}")

context, grid, centre = pointer(), pointer(), (ctypes.c_double * 3)(0.25, -0.5, 1.0)
expect(declare("grz_context_create", ctypes.c_int, address)(ctypes.byref(context)) == 0, "no context")
create = declare("grz_grid_create", ctypes.c_int, pointer, ctypes.c_int32, ctypes.c_double, ctypes.POINTER(ctypes.c_double), address)
expect(create(context, 10, -1.0, None, ctypes.byref(grid)) == int(constants["GRZ_ERROR_INVALID_ARGUMENT"]) and not grid, "a negative half width passes")
message = declare("grz_context_last_message", ctypes.c_char_p, pointer)(context).decode()
expect("half_width" in message and "-1" in message, f"the message '{message}' does not name the argument and its value")
expect(create(context, 10, 2.0, centre, ctypes.byref(grid)) == 0, "no grid")
nodes = (ctypes.c_double * 10)()
axis_nodes = declare("grz_grid_axis_nodes", ctypes.c_int, pointer, ctypes.c_int32, ctypes.POINTER(ctypes.c_double))
expect(axis_nodes(grid, 1, nodes) == 0, "no nodes")
expect(max(abs(nodes[i] - (-0.5 - 2.0 + (i + 0.5) * 0.4)) for i in range(10)) < 1e-14, "wrong nodes")
for name, handle in (("grz_grid_destroy", grid), ("grz_context_destroy", context)):
    destroy = declare(name, None, address)
    destroy(ctypes.byref(handle))
    destroy(ctypes.byref(handle))
    expect(not handle, f"{name} does not set the handle to NULL")
print(f"ffi: libgrazing {version}, {len(constants)} constants")
