package io.tillpost.console.recovery.edit;

import io.tillpost.message.Payload;
import io.tillpost.recovery.FieldChange;
import io.tillpost.recovery.RecoveryContent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A correction that was planned before, to be gone on with against the payload as it is now.
 *
 * @param edit the same values of the same fields; the whole text of then where it did more than
 *     that
 * @param changedSince what differs in the payload from what was corrected then, in words by path
 * @param done whether the payload is by now as it was corrected
 */
public record EditAgain(Edit edit, Map<String, String> changedSince, boolean done) {
  public EditAgain {
    changedSince = Map.copyOf(changedSince);
  }

  /** What became of the payload since, in a sentence. */
  public String words() {
    if (done) {
      return "What was corrected is in the payload by now, and a retry sends it so.";
    }
    return changedSince.isEmpty()
        ? "The payload is as it was then."
        : "The payload has changed since: %s.%s"
            .formatted(
                Correction.words(changedSince),
                edit instanceof Edit.Text
                    ? " The text is that of then, so it takes this back where you leave it so."
                    : "");
  }

  /**
   * The correction again.
   *
   * @param now the payload as it is now; can be edited
   * @param then what was planned
   */
  static EditAgain of(Payload now, RecoveryContent then) {
    Map<String, String> is = texts(now.contentType(), now.body());
    Map<String, String> was = texts(then.contentType(), then.body());
    Map<String, String> after = new LinkedHashMap<>();
    boolean fieldsOnly = true;
    boolean done = true;
    for (FieldChange change : then.changes()) {
      String path = change.path();
      if (change.before() == null) {
        was.remove(path);
      } else {
        was.put(path, change.before());
      }
      String value = change.after();
      fieldsOnly &= change.before() != null && value != null && is.containsKey(path);
      done &= Objects.equals(value, is.get(path));
      if (value != null) {
        after.put(path, value);
      }
    }
    Set<String> corrected =
        then.changes().stream()
            .filter(change -> Objects.equals(change.after(), is.get(change.path())))
            .map(FieldChange::path)
            .collect(Collectors.toSet());
    return new EditAgain(
        fieldsOnly ? new Edit.Fields(after) : new Edit.Text(then.body()),
        differences(was, is, corrected),
        done);
  }

  private static Map<String, String> differences(
      Map<String, String> was, Map<String, String> is, Collection<String> butFor) {
    Set<String> paths = new LinkedHashSet<>(was.keySet());
    paths.addAll(is.keySet());
    paths.removeAll(butFor);
    return paths.stream()
        .filter(path -> !Objects.equals(was.get(path), is.get(path)))
        .collect(
            Collectors.toMap(
                Function.identity(),
                path -> "%s then, %s now".formatted(words(was.get(path)), words(is.get(path)))));
  }

  private static String words(@Nullable String value) {
    return value == null ? "not there" : value;
  }

  private static Map<String, String> texts(String contentType, String body) {
    Map<String, String> texts = new LinkedHashMap<>();
    PayloadFormat.of(contentType)
        .ifPresent(
            format -> {
              if (format.read(body) instanceof PayloadFormat.Reading.Fields fields) {
                fields.values().forEach((path, value) -> texts.put(path, value.text()));
              }
            });
    return texts;
  }
}
