package io.tillpost.estate.trouble;

import io.tillpost.estate.plan.Dice;
import io.tillpost.estate.plan.Footfall;
import io.tillpost.estate.plan.Store;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Chooses the stores that a trouble hits, the same for the same seed and anchor. */
final class StoreChoice {
  private StoreChoice() {}

  static List<Store> of(
      Trouble trouble, List<Store> stores, long seed, long anchor, Footfall footfall) {
    Trouble.Choice choice = trouble.stores();
    if (choice.share() >= 1) {
      return stores;
    }
    Map<Store, Double> rank = new HashMap<>();
    for (Store store : stores) {
      double luck = Dice.of(seed, store.number(), trouble.name()).unit();
      rank.put(
          store,
          switch (choice.choice()) {
            case RANDOM -> luck;
            case BUSIEST -> footfall.expectedPerHour(store, anchor) * (.5 + luck);
            case REGION -> luck + (store.region().name().equals(choice.region()) ? 1 : 0);
          });
    }
    int count = (int) Math.max(1, Math.round(choice.share() * stores.size()));
    return rank.entrySet().stream()
        .sorted(
            Map.Entry.<Store, Double>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey(Comparator.comparingInt(Store::number))))
        .limit(count)
        .map(Map.Entry::getKey)
        .toList();
  }
}
