package io.tillpost.console.exceptions.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.exceptions.BulkTriage.Answer;
import io.tillpost.failure.Fingerprint;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BulkWordsTest {
  @Test
  void whoseActStoppedHalfwayReadsHowFarItCameAndWhatToDo() {
    assertThat(BulkWords.stopped(new Answer(40, 0, Set.of(), left(60))))
        .isEqualTo(
            "Done for 40 of 100 exceptions; then the storage stopped answering. The 60 that are left are still selected. Press again in a moment: nothing is done twice.");
    assertThat(BulkWords.stopped(new Answer(0, 2, Set.of("It is too late"), left(1))))
        .isEqualTo(
            "Done for 0 of 3 exceptions; then the storage stopped answering. It cannot be done for 2: It is too late. The one that is left is still selected. Press again in a moment: nothing is done twice.");
  }

  private static List<Fingerprint> left(int count) {
    return IntStream.range(0, count).mapToObj(n -> new Fingerprint("%016x".formatted(n))).toList();
  }

  @Test
  void ofManyReasonsTheFirstThreeAreSaidInOrder() {
    assertThat(BulkWords.reasons(new Answer(0, 4, Set.of("d", "c.", "b", "a"), List.of())))
        .isEqualTo("a. b. c. And 1 more reason.");
    assertThat(BulkWords.reasons(new Answer(0, 3, Set.of("c.", "b", "a"), List.of())))
        .isEqualTo("a. b. c.");
  }
}
