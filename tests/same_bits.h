#include "support/same_bits.h"
