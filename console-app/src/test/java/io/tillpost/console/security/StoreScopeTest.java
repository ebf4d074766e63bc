package io.tillpost.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.location.Store;
import io.tillpost.location.StoreDirectory;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StoreScopeTest {
  private static final StoreDirectory STORES =
      StoreDirectory.of(List.of(store("0101", "North"), store("0201", "South")));

  @Test
  void whoIsNotBoundHasEveryStoreAndWhatNamesNone() {
    assertThat(StoreScope.ALL.isBound()).isFalse();
    assertThat(StoreScope.ALL.has("0412")).isTrue();
    assertThat(StoreScope.ALL.has(null)).isTrue();
    assertThat(StoreScope.ALL.refusal(null)).isEmpty();
    assertThat(StoreScope.ALL.onlyForAll("This")).isEmpty();
    assertThat(StoreScope.ALL.words()).isEqualTo("all stores");
  }

  @Test
  void aStoreIsOnesOwnByPatternOrByRegion() {
    StoreScope scope = StoreScope.of(Set.of("s-4*", "0711"), Set.of("North"), STORES);

    assertThat(List.of("S-412", "0711", "0101")).allMatch(scope::has);
    assertThat(List.of("0201", "07110", "XS-4", "unknown", "")).noneMatch(scope::has);
    assertThat(scope.words()).isEqualTo("the stores 0711, s-4* and the region North");
  }

  @Test
  void noPatternHasWhatNamesNoStore() {
    StoreScope scope = new StoreScope(Set.of("*"), Set.of(), Set.of());

    assertThat(scope.isBound()).isTrue();
    assertThat(scope.has(null)).isFalse();
    assertThat(scope.refusal(null))
        .contains(
            "This message names no store, and you work for the store *. Ask a colleague who works for all stores.");
  }

  @Test
  void aRefusalSaysWhatHappenedAndWhatToDo() {
    StoreScope scope = StoreScope.of(Set.of(), Set.of("North", "South"), STORES);

    assertThat(scope.refusal("0101")).isEmpty();
    assertThat(scope.refusal("0412"))
        .contains(
            "This message is of store 0412, and you work for the regions North, South. Ask a colleague who works for"
                + " that store.");
    assertThat(scope.onlyForAll("This list is of all"))
        .contains(
            "This list is of all, and you work for the regions North, South. Ask a colleague who works for all"
                + " stores.");
  }

  private static Store store(String id, String region) {
    return new Store(
        id, id, region, ZoneOffset.UTC, "EUR", LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, 2);
  }
}
