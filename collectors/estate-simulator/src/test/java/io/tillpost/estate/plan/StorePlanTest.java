package io.tillpost.estate.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorePlanTest {
  @Test
  void isTheSameForTheSameSeedAndOtherwiseForAnother() {
    assertThat(StorePlan.stores(600, 42)).isEqualTo(StorePlan.stores(600, 42));
    assertThat(StorePlan.stores(600, 43)).isNotEqualTo(StorePlan.stores(600, 42));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 600, 9_999})
  void hasAsManyStoresAsAskedForWithIdsOfFourDigitsAndNamesOfTheirOwn(int count) {
    List<Store> stores = StorePlan.stores(count, 42);
    assertThat(stores).hasSize(count).extracting(Store::id).doesNotHaveDuplicates();
    assertThat(stores).extracting(Store::name).doesNotHaveDuplicates();
    assertThat(stores).allSatisfy(store -> assertThat(store.id()).matches("\\d{4}"));
  }

  @Test
  void standsInSeveralZonesAndCurrenciesAndPartlyNeverSleeps() {
    List<Store> stores = StorePlan.stores(600, 42);
    assertThat(stores.stream().map(Store::zone).distinct()).hasSizeGreaterThan(5);
    assertThat(stores.stream().map(store -> store.region().currency()).distinct())
        .contains("EUR", "GBP", "PLN");
    assertThat(stores).filteredOn(Store::neverCloses).hasSizeBetween(50, 90);
  }
}
