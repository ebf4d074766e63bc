package io.tillpost.console.recovery.edit;

import io.tillpost.console.recovery.EditProperties;
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
  private static final int SHORT = 3;

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
        .flatMap(this::lockedBy)
        .findFirst()
        .map(word -> "Locked: fields about \"%s\" are not edited here".formatted(word));
  }

  /**
   * The locked words that this one is, or begins or ends with: nobody tells by letters alone where
   * {@code taxcode} or {@code NETAMOUNT} has its words, and what is locked needlessly can be opened
   * by its name.
   */
  private Stream<String> lockedBy(String word) {
    return locked.stream()
        .filter(lock -> word.startsWith(lock) || endsWith(word, lock) || endsWith(word, lock + "s"))
        .sorted();
  }

  /** A short one ends many words that are about something else, like syntax. */
  private static boolean endsWith(String word, String lock) {
    return word.endsWith(lock) && (lock.length() > SHORT || word.length() - lock.length() > SHORT);
  }

  /** The words of a name, and the name as one word, for writers that do not tell words apart. */
  private static Stream<String> words(String name) {
    Stream<String> apart =
        Stream.of(
            name.split(
                "(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})"
                    + "|(?<=\\p{L})(?=\\p{N})|(?<=\\p{N})(?=\\p{L})|[_-]+",
                -1));
    return Stream.concat(apart, Stream.of(name))
        .map(word -> word.toLowerCase(Locale.ROOT))
        .filter(word -> !word.isEmpty());
  }

  private static Set<String> lower(Collection<String> words) {
    return words.stream().map(w -> w.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }
}
