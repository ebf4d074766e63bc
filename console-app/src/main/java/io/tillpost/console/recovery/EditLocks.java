package io.tillpost.console.recovery;

import io.tillpost.console.security.Role;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which fields somebody may not edit. */
final class EditLocks {
  private final Set<String> locked;
  private final Set<String> unlocked;

  private EditLocks(Set<String> locked, Set<String> unlocked) {
    this.locked = locked;
    this.unlocked = unlocked;
  }

  /** The locks for somebody with these roles. */
  static EditLocks of(EditProperties settings, Set<Role> roles) {
    return new EditLocks(
        lower(settings.locked()),
        roles.stream()
            .flatMap(role -> settings.unlocked().getOrDefault(role, List.of()).stream())
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** Why this field is not edited, as a sentence; empty if it may be. */
  Optional<String> objection(String path) {
    List<String> names =
        Stream.of(path.split("[^\\p{L}\\p{N}_-]+", -1))
            .filter(name -> !name.isEmpty() && !name.chars().allMatch(Character::isDigit))
            .toList();
    if (!names.isEmpty() && unlocked.contains(names.getLast().toLowerCase(Locale.ROOT))) {
      return Optional.empty();
    }
    return names.stream()
        .flatMap(EditLocks::words)
        .filter(this::isLocked)
        .findFirst()
        .map(word -> "Locked: fields about \"%s\" are not edited here".formatted(word));
  }

  private boolean isLocked(String word) {
    return locked.contains(word)
        || (word.endsWith("s") && locked.contains(word.substring(0, word.length() - 1)))
        || (word.endsWith("es") && locked.contains(word.substring(0, word.length() - 2)));
  }

  private static Stream<String> words(String name) {
    return Stream.of(name.split("(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})|[_-]+", -1))
        .map(word -> word.toLowerCase(Locale.ROOT));
  }

  private static Set<String> lower(Collection<String> words) {
    return words.stream().map(w -> w.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }
}
