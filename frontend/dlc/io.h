// Files of tensors: checkpoints, NumPy's arrays, images.

#ifndef DLC_FRONTEND_IO_H
#define DLC_FRONTEND_IO_H

#include <dlc/io/Checkpoint.h>
#include <dlc/io/Numpy.h>
#include <dlc/io/Png.h>

#endif // DLC_FRONTEND_IO_H
