#include "Support.h"

using namespace dlc;

namespace {

struct Part {
  Tensor weight = ones({2}), count = zeros({}, DType::i32), mean = zeros({2});
  void visit(Visitor &v) {
    v("weight", weight);
    v("count", count);
    v.buffer("mean", mean);
  }
};

std::vector<std::string> names(const std::vector<Leaf> &leaves) {
  std::vector<std::string> names;
  for (const Leaf &leaf : leaves)
    names.push_back(leaf.name);
  return names;
}

using Names = std::vector<std::string>;

TEST(Tree, NamesFollowTheStructure) {
  std::tuple<Part, std::vector<Tensor>, std::map<std::string, Tensor>> tree{
      {}, {ones({}), ones({})}, {{"b", ones({})}, {"a", ones({})}}};
  EXPECT_EQ(names(leaves(tree)), (Names{"0.weight", "0.count", "0.mean", "1.0",
                                        "1.1", "2.a", "2.b"}));
}

TEST(Tree, ParametersAreFloatsThatAreNoBuffers) {
  Part part;
  EXPECT_EQ(names(parameters(part)), Names{"weight"});
}

TEST(Tree, PointersAndOptionals) {
  std::pair<std::shared_ptr<Part>, std::optional<Tensor>> tree;
  EXPECT_TRUE(leaves(tree).empty());
  tree.first = std::make_shared<Part>();
  tree.second = ones({});
  EXPECT_EQ(names(leaves(tree)),
            (Names{"0.weight", "0.count", "0.mean", "1.value"}));
}

TEST(Tree, ATensorIsATree) {
  Tensor x = ones({});
  ASSERT_EQ(leaves(x).size(), 1u);
  EXPECT_EQ(leaves(x)[0].tensor, &x);
}

TEST(Tree, NamedTensorsAreFoundByName) {
  NamedTensors tensors;
  tensors.add("a", ones({3}));
  EXPECT_EQ(tensors["a"].shape(), Shape{3});
  EXPECT_THROW(tensors["b"], Error);
}

} // namespace
