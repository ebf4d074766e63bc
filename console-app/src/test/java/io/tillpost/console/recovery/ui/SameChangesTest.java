package io.tillpost.console.recovery.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.recovery.operation.Differences;
import io.tillpost.recovery.FieldChange;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which changes are told together. */
class SameChangesTest {
  @Test
  void aChangeCountsOncePerMessageWhateverTheNumberOfItsLineAndAcrossParts() {
    SameChanges same = new SameChanges();
    same.add(
        List.of(
            message("a", change("lines[0].unit", "EA"), change("lines[12].unit", "EA")),
            message("b", change("lines[1].unit", "EA"), change("note", null))));
    same.add(
        List.of(
            message("c", change("lines[1].unit", "KG")),
            message("d", change("lines[7].unit", "EA"), change("note", null)),
            message("e", change("note", "EA"))));

    assertThat(same.groups())
        .containsExactly(
            new SameChanges.Group(change("lines[*].unit", "EA"), 3),
            new SameChanges.Group(change("note", null), 2));
  }

  private static Differences message(String id, FieldChange... changes) {
    return new Differences(id, 2, List.of(changes));
  }

  private static FieldChange change(String path, String after) {
    return new FieldChange(path, "pcs", after);
  }
}
