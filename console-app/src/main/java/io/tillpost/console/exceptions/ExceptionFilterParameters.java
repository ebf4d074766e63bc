package io.tillpost.console.exceptions;

import io.tillpost.console.security.Team;
import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.OwnerSide;
import io.tillpost.message.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A filter as parameters of an address, the same for the page and the API: {@code workflow}, {@code
 * target}, {@code store}, {@code region}, {@code status}, {@code class} (each any number of times),
 * {@code key=sku:A-100} (any number of times), {@code q}, {@code owner} (or {@code side}), {@code
 * assignee}, {@code team} (or {@code none} or {@code mine}), {@code money=EUR:100000} (minor units,
 * at least), {@code age=4h} (at least; s, m, h or d) and {@code recovery} (of the last one; any
 * number of times).
 */
public final class ExceptionFilterParameters {
  private static final int MOST_KEYS = 20;
  private static final int LONGEST_TEXT = 200;
  private static final SortedSet<String> NAMES =
      new TreeSet<>(
          Set.of(
              "workflow",
              "target",
              "store",
              "region",
              "status",
              "class",
              "key",
              "q",
              "owner",
              "side",
              "assignee",
              "team",
              "money",
              "age",
              "recovery"));
  private static final Pattern KEY = Pattern.compile("([^:]+):(.+)");
  private static final Pattern MONEY = Pattern.compile("([A-Z]{3}):([0-9]{1,15})");
  private static final Pattern AGE = Pattern.compile("([0-9]{1,6})([smhd])");

  private final Map<String, List<String>> parameters;
  private final List<String> problems = new ArrayList<>();

  private ExceptionFilterParameters(Map<String, List<String>> parameters) {
    this.parameters = parameters;
  }

  /**
   * What could be read.
   *
   * @param filter with all that is right
   * @param problems a sentence for each value that is not, in no order; it asks for nothing
   */
  public record Read(ExceptionFilter filter, List<String> problems) {
    public Read {
      problems = List.copyOf(problems);
    }
  }

  /**
   * Reads a filter.
   *
   * @param parameters values by name; others than those above are not looked at
   * @param me the user name that {@code assignee=me} stands for
   */
  public static Read read(Map<String, List<String>> parameters, String me) {
    ExceptionFilterParameters reading = new ExceptionFilterParameters(parameters);
    return new Read(reading.filter(me), reading.problems);
  }

  /**
   * Why these parameters may ask for more than was meant; empty where they do not.
   *
   * @param parameters values by name, either of which may be missing
   */
  static Optional<String> objection(
      Map<String, ? extends @Nullable List<@Nullable String>> parameters) {
    for (Map.Entry<String, ? extends @Nullable List<@Nullable String>> one :
        parameters.entrySet()) {
      if (!NAMES.contains(one.getKey())) {
        return Optional.of(one.getKey() + ": there is no such filter; there are " + NAMES);
      }
      List<@Nullable String> values = one.getValue();
      if (values == null
          || values.isEmpty()
          || values.stream().anyMatch(value -> value == null || value.isBlank())) {
        return Optional.of(one.getKey() + ": a filter has values, none of them empty");
      }
    }
    return Optional.empty();
  }

  /** The parameters of a filter, without those that ask for nothing; each in order. */
  public static Map<String, List<String>> write(ExceptionFilter filter) {
    Map<String, List<String>> all = new TreeMap<>();
    put(all, "workflow", filter.workflows());
    put(all, "target", filter.targets());
    put(all, "store", filter.stores());
    put(all, "region", filter.regions());
    put(
        all,
        "key",
        filter.keys().entrySet().stream().map(k -> k.getKey() + ":" + k.getValue()).toList());
    put(all, "status", filter.statuses().stream().map(Enum::name).toList());
    put(all, "class", filter.classes().stream().map(Enum::name).toList());
    put(all, "q", filter.text());
    put(all, "owner", filter.side() == null ? null : filter.side().name());
    put(all, "assignee", filter.assignee());
    put(all, "team", filter.team());
    Money money = filter.moneyAtLeast();
    put(all, "money", money == null ? null : money.currency() + ":" + money.minor());
    put(all, "age", filter.olderThan() == null ? null : text(filter.olderThan()));
    put(all, "recovery", filter.recoveries().stream().map(Enum::name).toList());
    return all;
  }

  private ExceptionFilter filter(String me) {
    String assignee = single("assignee").orElse(null);
    return ExceptionFilter.ALL.with(
        filter ->
            filter
                .workflows(any("workflow"))
                .targets(any("target"))
                .stores(any("store"))
                .regions(any("region"))
                .keys(keys())
                .text(text())
                .statuses(
                    any("status").stream()
                        .flatMap(name -> constant("status", ExceptionStatus.class, name).stream())
                        .collect(Collectors.toSet()))
                .classes(
                    any("class").stream()
                        .flatMap(name -> constant("class", FailureClass.class, name).stream())
                        .collect(Collectors.toSet()))
                .side(
                    single("owner")
                        .or(() -> single("side"))
                        .flatMap(name -> constant("owner", OwnerSide.class, name))
                        .orElse(null))
                .assignee("me".equals(assignee) ? me : assignee)
                .team(team())
                .moneyAtLeast(single("money").flatMap(this::money).orElse(null))
                .olderThan(single("age").flatMap(this::age).orElse(null))
                .recoveries(
                    any("recovery").stream()
                        .flatMap(
                            name -> constant("recovery", LastRecovery.Result.class, name).stream())
                        .collect(Collectors.toSet())));
  }

  private Set<String> any(String name) {
    return parameters.getOrDefault(name, List.of()).stream()
        .filter(value -> !value.isBlank())
        .map(String::strip)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private Optional<String> single(String name) {
    return any(name).stream().findFirst();
  }

  private Map<String, String> keys() {
    Map<String, String> keys = new TreeMap<>();
    for (String value : any("key")) {
      Matcher key = KEY.matcher(value);
      if (!key.matches() || value.length() > 2 * LONGEST_TEXT) {
        problems.add("key: '" + value + "' is not a name and a value, like sku:A-100");
      } else if (keys.size() == MOST_KEYS || keys.containsKey(key.group(1).strip())) {
        problems.add("key: up to " + MOST_KEYS + " keys can be given, each once");
      } else {
        keys.put(key.group(1).strip(), key.group(2).strip());
      }
    }
    return keys;
  }

  private @Nullable String text() {
    String text = single("q").orElse(null);
    if (text != null && text.length() > LONGEST_TEXT) {
      problems.add("q: a search has up to " + LONGEST_TEXT + " characters");
      return null;
    }
    return text;
  }

  private @Nullable String team() {
    String team = single("team").orElse(null);
    if (team != null && team.length() > Team.LONGEST_NAME) {
      problems.add("team: a team's name has up to " + Team.LONGEST_NAME + " characters");
      return null;
    }
    return team;
  }

  private Optional<Money> money(String text) {
    Matcher money = MONEY.matcher(text);
    if (money.matches()) {
      return Optional.of(new Money(Long.parseLong(money.group(2)), money.group(1)));
    }
    problems.add("money: '" + text + "' is not a currency and minor units, like EUR:100000");
    return Optional.empty();
  }

  private Optional<Duration> age(String text) {
    Matcher age = AGE.matcher(text);
    if (age.matches()) {
      long number = Long.parseLong(age.group(1));
      return Optional.of(
          switch (age.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
          });
    }
    problems.add("age: '" + text + "' is not a number with s, m, h or d, like 4h");
    return Optional.empty();
  }

  private <E extends Enum<E>> Optional<E> constant(String parameter, Class<E> type, String name) {
    Optional<E> constant =
        Arrays.stream(type.getEnumConstants()).filter(e -> e.name().equals(name)).findFirst();
    if (constant.isEmpty()) {
      problems.add(
          parameter + ": '" + name + "' is none of " + Arrays.toString(type.getEnumConstants()));
    }
    return constant;
  }

  private static String text(Duration age) {
    long seconds = age.toSeconds();
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  private static void put(Map<String, List<String>> all, String name, @Nullable String value) {
    put(all, name, value == null ? List.of() : List.of(value));
  }

  private static void put(Map<String, List<String>> all, String name, Collection<String> values) {
    if (!values.isEmpty()) {
      all.put(name, values.stream().sorted().toList());
    }
  }
}
