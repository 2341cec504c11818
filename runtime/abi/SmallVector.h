// A vector whose first elements lie in itself: what there are few of in most
// programs (operands, arguments, results) is not allocated.

#ifndef DLC_RUNTIME_ABI_SMALLVECTOR_H
#define DLC_RUNTIME_ABI_SMALLVECTOR_H

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

namespace dlc::runtime {

/// As std::vector, but that moving and swapping move up to N elements.
template <typename T, size_t N> class SmallVector {
public:
  SmallVector() = default;
  explicit SmallVector(size_t count) { resize(count); }
  SmallVector(std::initializer_list<T> values) {
    append(values.begin(), values.end());
  }
  /// Takes the elements.
  SmallVector(std::vector<T> values) {
    append(std::make_move_iterator(values.begin()),
           std::make_move_iterator(values.end()));
  }
  SmallVector(const SmallVector &other) { append(other.begin(), other.end()); }
  SmallVector(SmallVector &&other) noexcept { take(other); }
  SmallVector &operator=(SmallVector other) noexcept {
    release();
    take(other);
    return *this;
  }
  ~SmallVector() { release(); }

  size_t size() const { return count; }
  bool empty() const { return count == 0; }
  T *data() { return first; }
  const T *data() const { return first; }
  T *begin() { return first; }
  const T *begin() const { return first; }
  T *end() { return first + count; }
  const T *end() const { return first + count; }
  T &operator[](size_t i) {
    assert(i < count);
    return first[i];
  }
  const T &operator[](size_t i) const {
    assert(i < count);
    return first[i];
  }
  T &front() { return (*this)[0]; }
  T &back() { return (*this)[count - 1]; }
  const T &back() const { return (*this)[count - 1]; }

  template <typename... Args> T &emplace_back(Args &&...args) {
    if (count < capacity) {
      std::construct_at(end(), std::forward<Args>(args)...);
    } else {
      // First, for it may be made of an old element.
      T *larger = std::allocator<T>().allocate(2 * capacity);
      std::construct_at(larger + count, std::forward<Args>(args)...);
      settle(larger, 2 * capacity);
    }
    return first[count++];
  }
  void push_back(const T &value) { emplace_back(value); }
  void push_back(T &&value) { emplace_back(std::move(value)); }
  void pop_back() { std::destroy_at(&first[--count]); }
  template <typename Iterator> void append(Iterator from, Iterator to) {
    reserve(count + std::distance(from, to));
    std::uninitialized_copy(from, to, end());
    count += std::distance(from, to);
  }
  /// New elements are value-initialised.
  void resize(size_t size) {
    reserve(size);
    if (size < count)
      std::destroy(first + size, end());
    else
      std::uninitialized_value_construct(end(), first + size);
    count = size;
  }
  void reserve(size_t size) {
    if (size <= capacity)
      return;
    size = std::max(size, 2 * capacity);
    settle(std::allocator<T>().allocate(size), size);
  }
  void clear() {
    std::destroy(begin(), end());
    count = 0;
  }

private:
  bool isInline() const {
    return first == reinterpret_cast<const T *>(inlined);
  }
  /// Moves the elements to memory for `size` of them.
  void settle(T *memory, size_t size) {
    std::uninitialized_move(begin(), end(), memory);
    std::destroy(begin(), end());
    free();
    first = memory;
    capacity = size;
  }
  void take(SmallVector &other) noexcept {
    if (other.isInline()) {
      std::uninitialized_move(other.begin(), other.end(), first);
      count = other.count;
      other.clear();
      return;
    }
    first = std::exchange(other.first, other.memory());
    capacity = std::exchange(other.capacity, N);
    count = std::exchange(other.count, 0);
  }
  /// Leaves an empty vector of no memory but its own.
  void release() {
    clear();
    free();
    first = memory();
    capacity = N;
  }
  void free() {
    if (!isInline())
      std::allocator<T>().deallocate(first, capacity);
  }
  T *memory() { return reinterpret_cast<T *>(inlined); }

  T *first = memory();
  size_t count = 0, capacity = N;
  alignas(T) std::byte inlined[N * sizeof(T)];
};

} // namespace dlc::runtime

#endif // DLC_RUNTIME_ABI_SMALLVECTOR_H
