#include "CCatalogue.h"
