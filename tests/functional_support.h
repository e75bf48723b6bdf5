#include "support/variation.h"
