// dlc-opt: mlir-opt with our dialect and passes, for tests. Users have
// `dlc opt`, which is the same.

#include "Pipelines/Registration.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  dlc::registerAll(registry);
  return mlir::asMainReturnCode(
      mlir::MlirOptMain(argc, argv, "dlc's optimizer driver\n", registry));
}
