package io.tillpost.console.impact;

import io.tillpost.failure.OwnerSide;
import io.tillpost.message.MoneySum;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** The tile that counts exceptions by who has to act. */
final class OwnerTile {
  private OwnerTile() {}

  static Tile of(List<OpenException> open, String operatorId, Instant now) {
    Instant oldest = open.stream().map(OpenException::oldest).min(Instant::compareTo).orElse(null);
    long messages = open.stream().mapToLong(OpenException::messages).sum();
    long nobody = count(open, e -> e.assignee() == null);
    return new Tile(
        "exceptions-by-owner",
        "Exceptions by owner",
        open.size(),
        messages,
        open.stream().map(OpenException::money).reduce(MoneySum.NONE, MoneySum::plus),
        oldest,
        oldest == null
            ? ImpactLevel.OK
            : ImpactLevel.ofStore(messages, Duration.between(oldest, now)),
        sentence(open.size(), nobody),
        List.of(),
        "exceptions",
        List.of(
            new Tile.Part(
                "mine",
                count(open, e -> Objects.equals(e.assignee(), operatorId)),
                "exceptions?assignee=me"),
            new Tile.Part(
                "business",
                count(open, e -> e.owner() == OwnerSide.BUSINESS),
                "exceptions?owner=BUSINESS"),
            new Tile.Part("IT", count(open, e -> e.owner() == OwnerSide.IT), "exceptions?owner=IT"),
            new Tile.Part("nobody", nobody, "exceptions?assignee=nobody")));
  }

  private static String sentence(int open, long nobody) {
    if (open == 0) {
      return "No exception is open";
    }
    return nobody == 0
        ? "Somebody deals with each of them"
        : "Nobody deals with %,d of them yet".formatted(nobody);
  }

  private static long count(List<OpenException> open, Predicate<OpenException> which) {
    return open.stream().filter(which).count();
  }
}
