// Data: readers, datasets, batches.

#ifndef DLC_FRONTEND_DATA_H
#define DLC_FRONTEND_DATA_H

#include <dlc/data/Cifar.h>
#include <dlc/data/Csv.h>
#include <dlc/data/DataLoader.h>
#include <dlc/data/Glyphs.h>
#include <dlc/data/Idx.h>
#include <dlc/data/ImageFolder.h>
#include <dlc/data/Sampler.h>
#include <dlc/data/TensorDataset.h>
#include <dlc/data/Text.h>
#include <dlc/data/Transforms.h>

#endif // DLC_FRONTEND_DATA_H
