"""Contexts: threads, messages, progress, cancelling, allocator; and what the library keeps for them or for the process."""
import contextlib
import ctypes
import sys

from .handle import Handle
from .library import callback, check, constants, lib, text


class _Progress:
    """The context's one progress callback. It is always there, so that Ctrl-C arrives during long work."""

    def __init__(self):
        self.function = None

    def __call__(self, stage, fraction, user):
        return self.function is not None and self.function(stage.decode(), fraction)


class ProgressBar:
    """A bar for Context(progress=True): tqdm's when it is installed, else one line on stderr."""

    def __init__(self, file=None):
        self.file, self.stage, self.bar, self.shown = file or sys.stderr, None, None, -1
        try:
            from tqdm import tqdm
            self.tqdm = tqdm
        except ImportError:
            self.tqdm = None

    def __call__(self, stage, fraction):
        percent = int(100 * fraction)
        if stage != self.stage or percent < self.shown:
            self.close()
            self.stage, self.shown = stage, -1
            if self.tqdm:
                self.bar = self.tqdm(total=100, desc=stage, unit="%", file=self.file, leave=False)
        if percent != self.shown:
            if self.bar is not None:
                self.bar.update(percent - max(self.shown, 0))
            else:
                print(f"\r{stage}: {percent:3d} %", end="", file=self.file, flush=True)
            self.shown = percent
        if percent >= 100:
            self.close()

    def close(self):
        if self.bar is not None:
            self.bar.close()
        elif self.stage is not None:
            print("\r" + " " * (len(self.stage) + 7) + "\r", end="", file=self.file, flush=True)
        self.stage = self.bar = None


class Context(Handle):
    """threads: how many one call may use (0 or None: OpenMP's default). progress: True for a bar, or a function (stage, fraction) that
    returns true to cancel. allocator: (allocate(size) -> address or 0, release(address))."""

    def __init__(self, threads=None, progress=None, allocator=None):
        if allocator is None:
            self._make("grz_context", None, lib.grz_context_create)
        else:
            allocate, release = allocator
            hooks = lib.grz_allocate_fn(lambda size, user: allocate(size)), lib.grz_release_fn(lambda pointer, user: release(pointer))
            self._make("grz_context", None, lib.grz_context_create_with_allocator, *hooks, None, keep=hooks)
        self._context = self._pointer
        self._progress = _Progress()
        hook = callback("grz_progress_fn", self._progress)
        self._pointer.keep += (hook,)
        self._call(lib.grz_context_set_progress, hook, None)
        if threads is not None:
            self.threads = threads
        self.progress = progress

    @property
    def threads(self):
        return lib.grz_context_threads(self._pointer)

    @threads.setter
    def threads(self, count):
        self._call(lib.grz_context_set_threads, count)

    @property
    def progress(self):
        """The function (stage, fraction) called during long work, or None."""
        return self._progress.function

    @progress.setter
    def progress(self, function):
        self._progress.function = ProgressBar() if function is True else function or None

    @property
    def measured_plans(self):
        """Whether spectral operators let FFTW measure its plans."""
        return bool(lib.grz_context_measured_plans(self._pointer))

    @measured_plans.setter
    def measured_plans(self, measured):
        self._call(lib.grz_context_set_measured_plans, int(measured))

    def cancel(self):
        """Stops all work of this context, from any thread: the calls raise CancelledError, until clear_cancel."""
        self._call(lib.grz_context_cancel)

    def clear_cancel(self):
        self._call(lib.grz_context_clear_cancel)

    @property
    def cancelled(self):
        return bool(lib.grz_context_is_cancelled(self._pointer))

    @property
    def last_error(self):
        """Status and message of the last call that failed."""
        return lib.grz_context_last_status(self._pointer), text(lib.grz_context_last_message(self._pointer))

    # What the spectral method keeps for the context; FFTW's wisdom.

    def spectral_propose(self, T_min, T_max, tol):
        """n, half width and radius R for densities with temperatures from T_min to T_max."""
        n, half_width, radius = ctypes.c_int32(), ctypes.c_double(), ctypes.c_double()
        self._call(lib.grz_spectral_propose, T_min, T_max, tol, ctypes.byref(n), ctypes.byref(half_width), ctypes.byref(radius))
        return n.value, half_width.value, radius.value

    def spectral_cache_clear(self):
        self._call(lib.grz_spectral_cache_clear)

    def spectral_cache_size(self):
        """Number and bytes of the kept factorisations."""
        count, size = ctypes.c_int32(), ctypes.c_int64()
        self._call(lib.grz_spectral_cache_size, ctypes.byref(count), ctypes.byref(size))
        return count.value, size.value

    def spectral_cache_save(self, path):
        self._call(lib.grz_spectral_cache_save, path)

    def spectral_cache_load(self, path):
        self._call(lib.grz_spectral_cache_load, path)

    def fft_export_wisdom(self, path):
        self._call(lib.grz_fft_export_wisdom, path)

    def fft_import_wisdom(self, path):
        self._call(lib.grz_fft_import_wisdom, path)


@contextlib.contextmanager
def fft_planner_lock():
    """The library's lock around FFTW's planner, for a program that plans itself. Do not call the library inside."""
    lib.grz_fft_lock_planner()
    try:
        yield
    finally:
        lib.grz_fft_unlock_planner()


def version():
    return text(lib.grz_version())


def abi_version():
    return lib.grz_abi_version()


def build_configuration():
    return text(lib.grz_build_configuration())


def status_string(status):
    return text(lib.grz_status_string(status))


def library_constants():
    """Every integer constant by name, as the running library (not the header) has it."""
    result = {}
    for index in range(lib.grz_constant_count()):
        name, value = lib.grz_constant_name(index), ctypes.c_int32()
        check(lib.grz_constant_value(name, ctypes.byref(value)))
        result[text(name)] = value.value
    return result


def moment_name(moment):
    return text(lib.grz_moment_name(moment))


__all__ = ["Context", "ProgressBar", "fft_planner_lock", "version", "abi_version", "build_configuration", "status_string",
           "library_constants", "moment_name", "constants"]
