package io.tillpost.console.exceptions.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.failure.Fingerprint;
import java.util.List;
import org.junit.jupiter.api.Test;

class PickedExceptionsTest {
  private static final Fingerprint A = new Fingerprint("000000000000000a");
  private static final Fingerprint B = new Fingerprint("000000000000000b");
  private static final Fingerprint C = new Fingerprint("000000000000000c");
  private static final Fingerprint D = new Fingerprint("000000000000000d");
  private static final Fingerprint E = new Fingerprint("000000000000000e");
  private static final List<Fingerprint> LISTED = List.of(A, B, C, D, E);

  private final PickedExceptions picked = new PickedExceptions();

  @Test
  void aRangeGrowsBothWaysFromWhereItBegan() {
    picked.extend(LISTED, C, D);
    assertThat(picked.all()).containsExactly(C, D);
    picked.extend(LISTED, D, E);
    assertThat(picked.all()).containsExactlyInAnyOrder(C, D, E);
    picked.extend(LISTED, E, D);
    picked.extend(LISTED, D, C);
    assertThat(picked.all()).containsExactly(C);
    picked.extend(LISTED, C, B);
    assertThat(picked.all()).containsExactlyInAnyOrder(B, C);
  }

  @Test
  void whatWasSelectedBesidesStaysSo() {
    picked.toggle(A);
    picked.extend(LISTED, C, D);
    picked.extend(LISTED, D, C);
    assertThat(picked.all()).containsExactly(A, C);

    picked.extend(LISTED, C, B);
    picked.extend(LISTED, B, A);
    picked.extend(LISTED, A, B);
    assertThat(picked.all()).containsExactlyInAnyOrder(A, B, C);
  }

  @Test
  void whoMovedMeanwhileBeginsAnotherRange() {
    picked.extend(LISTED, A, B);
    picked.extend(LISTED, D, E);
    picked.extend(LISTED, E, D);
    assertThat(picked.all()).containsExactly(A, B, D);
  }

  @Test
  void whoTicksARowOfTheRangeEndsIt() {
    picked.extend(LISTED, A, B);
    picked.toggle(A);
    picked.extend(LISTED, B, C);
    picked.extend(LISTED, C, B);
    assertThat(picked.all()).containsExactly(B);
  }

  @Test
  void aRangeBeginsWhereItIsGoingFromNowhereAndGoesByTheListAsItIsNow() {
    picked.extend(LISTED, null, A);
    assertThat(picked.all()).containsExactly(A);
    picked.extend(LISTED, A, B);

    picked.extend(List.of(C, A, D, B), B, D);
    assertThat(picked.all()).containsExactly(A, D);
    picked.extend(List.of(C, D, B), D, B);
    assertThat(picked.all()).as("where it began is gone").containsExactly(A, D, B);
    assertThat(picked.outside(List.of(C, D, B))).isEqualTo(1);
  }

  @Test
  void allIsSaidOfWholeListsOnly() {
    picked.pickAll(LISTED);
    assertThat(picked.isAll()).isTrue();
    picked.extend(LISTED, A, B);
    assertThat(picked.isAll()).isFalse();

    picked.pickAll(LISTED);
    picked.otherList();
    assertThat(picked.isAll()).isFalse();
    picked.pickAll(List.of(A, B));
    assertThat(picked.isAll()).as("others were selected before").isFalse();

    picked.clear();
    assertThat(picked.all()).isEmpty();
  }

  @Test
  void ofThoseThatAreSelectedSomeMayBeKept() {
    picked.pickAll(LISTED);
    picked.toggle(E);
    picked.keep(List.of(D, B, E));
    assertThat(picked.all()).containsExactly(B, D);
    assertThat(picked.isAll()).isFalse();
  }
}
