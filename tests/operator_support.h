#include "support/entropic.h"
