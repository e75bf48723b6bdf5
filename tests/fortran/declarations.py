"""Usage: declarations.py [PROGRAM]. Fails unless grazing_c.f90 is what generate.py writes; writes a Fortran program to PROGRAM that compares every
constant with the library's own and takes the address of every function, so that it links only if each is exported."""
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "examples" / "fortran"))
import generate  # noqa: E402

header = ROOT / "include" / "grazing.h"
declarations = generate.header.read(header)
text = generate.generate(declarations, header.read_text(encoding="utf-8"))
if text != (ROOT / "examples" / "fortran" / "grazing_c.f90").read_text(encoding="utf-8"):
    sys.exit("examples/fortran/grazing_c.f90 is not what the header gives: run make bindings")
if long := [number for number, line in enumerate(text.split("\n"), 1) if len(line) > 132]:
    sys.exit(f"grazing_c.f90: lines over 132 columns: {long}")

constants = [name for name in declarations.constants if name.lower() not in declarations.functions]
lines = ["program declarations", "    use grazing", "    implicit none", "    integer :: wrong = 0", "    type(c_funptr) :: address"]
lines += [f'    call compare("{name}", {name})' for name in constants]
lines += [line for name in declarations.functions
          for line in (f"    address = c_funloc({name})", "    if (.not. c_associated(address)) wrong = wrong + 1")]
lines += ["    if (wrong > 0) error stop 1", f'    print "(a)", "fortran: {len(constants)} constants, {len(declarations.functions)} functions"',
          "contains", "    subroutine compare(name, value)", "        character(len=*), intent(in) :: name",
          "        integer(c_int), intent(in) :: value", "        integer(c_int32_t) :: own",
          "        if (grz_constant_value(grazing_string(name), own) == GRZ_OK) then", "            if (own == value) return", "        end if",
          '        print "(a)", "FAIL "//name', "        wrong = wrong + 1", "    end subroutine", "end program declarations"]
Path(sys.argv[1]).write_text("\n".join(lines) + "\n", encoding="utf-8")
