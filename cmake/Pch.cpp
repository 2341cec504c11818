// The precompiled header of MLIR is built with this file (DlcLibrary.cmake).
