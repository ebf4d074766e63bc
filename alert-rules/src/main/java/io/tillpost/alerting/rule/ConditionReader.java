package io.tillpost.alerting.rule;

import io.tillpost.message.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads {@code when}: comparisons, combined with {@code all} and {@code any}. */
final class ConditionReader {
  private static final int MAX_DEPTH = 5;
  private static final Pattern COMPARISON = Pattern.compile("\\s*(>=|<=|>|<)\\s*(\\S.*?)\\s*");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,15}");
  private static final Pattern PERCENT = Pattern.compile("(\\d{1,5}(?:\\.\\d{1,3})?)\\s*%?");
  private static final Pattern AMOUNT =
      Pattern.compile("(\\d{1,13}(?:\\.\\d{1,3})?)\\s+([A-Z]{3})");

  private final Measure measure;
  private final Problems problems;
  private final List<String> keys;

  ConditionReader(Measure measure, Problems problems) {
    this.measure = measure;
    this.problems = problems;
    this.keys =
        Stream.concat(Arrays.stream(Quantity.values()).map(Quantity::word), Stream.of("all", "any"))
            .toList();
  }

  /** The condition; empty, with problems, where anything in it is wrong. */
  Optional<Condition> read(Node node) {
    return read(node, 1);
  }

  private Optional<Condition> read(Node node, int depth) {
    if (depth > MAX_DEPTH) {
      problems.at(node, "'all' and 'any' are nested more than " + MAX_DEPTH + " deep");
      return Optional.empty();
    }
    Optional<Block> block = Block.of(node, "when", keys, problems);
    if (block.isEmpty()) {
      return Optional.empty();
    }
    if (block.get().keys().isEmpty()) {
      problems.at(node, "'when' needs a condition, like count: \"> 10\"");
      return Optional.empty();
    }
    List<Optional<Condition>> parts = new ArrayList<>();
    for (String key : block.get().keys()) {
      parts.add(part(block.get(), key, depth));
    }
    return whole(parts).map(all -> all.size() == 1 ? all.getFirst() : new Condition.All(all));
  }

  private Optional<Condition> part(Block block, String key, int depth) {
    return switch (key) {
      case "all" -> several(block, key, depth).map(Condition.All::new);
      case "any" -> several(block, key, depth).map(Condition.Any::new);
      default -> comparison(block, key);
    };
  }

  private Optional<List<Condition>> several(Block block, String key, int depth) {
    if (!(block.find(key) instanceof SequenceNode list) || list.getValue().isEmpty()) {
      problems.at(block.keyNode(key), "'" + key + "' has to be a list of conditions");
      return Optional.empty();
    }
    return whole(list.getValue().stream().map(part -> read(part, depth + 1)).toList());
  }

  private static Optional<List<Condition>> whole(List<Optional<Condition>> parts) {
    return parts.stream().anyMatch(Optional::isEmpty)
        ? Optional.empty()
        : Optional.of(parts.stream().map(Optional::orElseThrow).toList());
  }

  private Optional<Condition> comparison(Block block, String key) {
    Quantity quantity =
        Arrays.stream(Quantity.values())
            .filter(q -> q.word().equals(key))
            .findFirst()
            .orElseThrow();
    if (!measure.quantities().contains(quantity)) {
      problems.at(
          block.keyNode(key),
          "'" + measure.word() + "' has no " + key + "; it has " + words(measure));
      return Optional.empty();
    }
    Optional<ScalarNode> text = block.text(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = COMPARISON.matcher(text.get().getValue());
    if (!matcher.matches()) {
      problems.at(
          text.get(),
          "'"
              + text.get().getValue()
              + "' is not a comparison; begin with >, >=, < or <=, like "
              + example(quantity));
      return Optional.empty();
    }
    Operator operator =
        Arrays.stream(Operator.values())
            .filter(o -> o.sign().equals(matcher.group(1)))
            .findFirst()
            .orElseThrow();
    return threshold(quantity, text.get(), matcher.group(2), matcher.start(2))
        .map(threshold -> new Condition.Compare(quantity, operator, threshold));
  }

  private Optional<? extends Threshold> threshold(
      Quantity quantity, ScalarNode node, String text, int offset) {
    return switch (quantity) {
      case COUNT ->
          NUMBER.matcher(text).matches()
              ? Optional.of(new Threshold.Count(Long.parseLong(text)))
              : wrong(node, offset, text, "a whole number", quantity);
      case OLDEST -> DurationReader.read(node, offset, problems).map(Threshold.Age::new);
      case PERCENT -> percent(node, text, offset);
      case MONEY -> amount(node, text, offset);
    };
  }

  private Optional<? extends Threshold> percent(ScalarNode node, String text, int offset) {
    if (text.equals("objective")) {
      if (measure == Measure.OBJECTIVE_IN_TIME_PERCENT) {
        return Optional.of(new Threshold.Promised());
      }
      problems.within(node, offset, "'objective' only goes with objective-in-time-percent");
      return Optional.empty();
    }
    Matcher matcher = PERCENT.matcher(text);
    return matcher.matches()
        ? Optional.of(new Threshold.Percent(new BigDecimal(matcher.group(1))))
        : wrong(node, offset, text, "a share of a hundred", Quantity.PERCENT);
  }

  private Optional<? extends Threshold> amount(ScalarNode node, String text, int offset) {
    Matcher matcher = AMOUNT.matcher(text);
    if (!matcher.matches()) {
      return wrong(node, offset, text, "an amount with its currency", Quantity.MONEY);
    }
    String code = matcher.group(2);
    Optional<Currency> currency =
        Currency.getAvailableCurrencies().stream()
            .filter(known -> known.getCurrencyCode().equals(code))
            .findFirst();
    if (currency.isEmpty()) {
      problems.within(
          node, offset + matcher.start(2), "'" + code + "' is not an ISO 4217 currency");
      return Optional.empty();
    }
    int decimals = Math.max(0, currency.get().getDefaultFractionDigits());
    BigDecimal value = new BigDecimal(matcher.group(1));
    if (value.stripTrailingZeros().scale() > decimals) {
      problems.within(node, offset, code + " has " + decimals + " decimals");
      return Optional.empty();
    }
    return Optional.of(
        new Threshold.Amount(new Money(value.movePointRight(decimals).longValueExact(), code)));
  }

  private Optional<Threshold> wrong(
      ScalarNode node, int offset, String text, String expected, Quantity quantity) {
    problems.within(
        node, offset, "'" + text + "' is not " + expected + "; write it like " + example(quantity));
    return Optional.empty();
  }

  private static String example(Quantity quantity) {
    return switch (quantity) {
      case COUNT -> "count: \"> 10\"";
      case OLDEST -> "oldest: \"> 15m\"";
      case PERCENT -> "percent: \"< 99.5\"";
      case MONEY -> "money: \"> 5000.00 EUR\"";
    };
  }

  private static String words(Measure measure) {
    return Arrays.stream(Quantity.values())
        .filter(measure.quantities()::contains)
        .map(Quantity::word)
        .collect(Collectors.joining(", "));
  }
}
