#include "support/kernel_suite.h"
