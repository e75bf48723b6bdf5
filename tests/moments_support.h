#include "support/slow_moments.h"
