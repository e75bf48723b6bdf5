# libgrazing: make demo, make check (see README)
CC ?= cc
CFLAGS ?= -O3 -g
PACKAGES = openblas lapacke fftw3
CPPFLAGS_ALL = -Iinclude -Isrc $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null) $(CPPFLAGS)
CFLAGS_ALL = -std=gnu99 -Wall -Wextra -Wpedantic -fPIC -fvisibility=hidden -fopenmp -fno-math-errno -fno-trapping-math $(CFLAGS)
LIBS = $(shell pkg-config --libs $(PACKAGES) 2>/dev/null) -lm -lpthread
B = build
SOURCES = $(sort $(wildcard src/*/*.c src/*/*/*.c))
OBJECTS = $(SOURCES:%.c=$(B)/%.o)
TESTS = $(patsubst tests/%.c,$(B)/tests/%,$(sort $(wildcard tests/test_*.c)))
ORACLES = $(filter-out %_main.c,$(sort $(wildcard tests/oracle/*.c)))

all: lib/libgrazing.so lib/libgrazing.a

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

lib/libgrazing.so: $(OBJECTS) lib/grazing.map
	$(CC) -shared -fopenmp -Wl,-soname,libgrazing.so.0 -Wl,--version-script=lib/grazing.map -Wl,-z,defs -o lib/libgrazing.so.0 $(OBJECTS) $(LIBS)
	ln -sf libgrazing.so.0 $@

lib/libgrazing.a: $(OBJECTS)
	ar rcs $@ $^

# Tests link the static library: white-box tests may then include the rooms' private headers.
$(B)/tests/%: tests/%.c $(ORACLES) lib/libgrazing.a $(wildcard tests/*.h tests/oracle/*.h)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS_ALL) -Itests $(CFLAGS_ALL) -o $@ $< $(ORACLES) lib/libgrazing.a $(LIBS) $(shell pkg-config --cflags --libs check)

check: all $(TESTS)
	@for t in $(TESTS); do $$t || exit 1; done

clean:
	rm -rf $(B) lib/*.so* lib/*.a

-include $(OBJECTS:.o=.d)
.PHONY: all check clean
