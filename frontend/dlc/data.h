// Data: readers, datasets, batches.

#ifndef DLC_FRONTEND_DATA_H
#define DLC_FRONTEND_DATA_H

#include <dlc/data/DataLoader.h>
#include <dlc/data/Glyphs.h>
#include <dlc/data/Idx.h>
#include <dlc/data/TensorDataset.h>

#endif // DLC_FRONTEND_DATA_H
