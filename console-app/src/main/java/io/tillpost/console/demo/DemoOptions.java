package io.tillpost.console.demo;

import io.tillpost.console.start.StartRefused;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What {@code demo} was asked for.
 *
 * @param stores of the estate, 1 to 9999
 * @param rate pace of live trade
 * @param seed same seed, same estate
 * @param history how far back it begins, like {@code 24h}
 * @param ports where its parts listen
 */
record DemoOptions(int stores, double rate, long seed, String history, DemoPorts ports) {

  static final DemoOptions USUAL = new DemoOptions(600, 1, 42, "24h", DemoPorts.USUAL);
  private static final Pattern HISTORY = Pattern.compile("\\d{1,6}[smhd]");

  /** Reads {@code --name value} pairs; refuses everything else in a sentence. */
  static DemoOptions parse(List<String> arguments) {
    DemoOptions options = USUAL;
    for (int i = 0; i < arguments.size(); i += 2) {
      String name = arguments.get(i);
      if (i + 1 == arguments.size()) {
        throw new StartRefused(
            "The option " + name + " of demo needs a value, see: tillpost help.");
      }
      options = options.with(name, arguments.get(i + 1));
    }
    return options;
  }

  private DemoOptions with(String name, String value) {
    return switch (name) {
      case "--stores" ->
          new DemoOptions((int) whole(name, value, 1, 9999), rate, seed, history, ports);
      case "--rate" -> new DemoOptions(stores, rate(value), seed, history, ports);
      case "--seed" ->
          new DemoOptions(
              stores, rate, whole(name, value, Long.MIN_VALUE, Long.MAX_VALUE), history, ports);
      case "--history" -> new DemoOptions(stores, rate, seed, history(value), ports);
      case "--port" -> with(ports.console(port(name, value)));
      case "--grpc-port" -> with(ports.grpc(port(name, value)));
      case "--http-port" -> with(ports.http(port(name, value)));
      case "--channel-port" -> with(ports.channel(port(name, value)));
      default ->
          throw new StartRefused(
              "demo has no option "
                  + name
                  + "; it has --stores, --rate, --seed, --history, --port, --grpc-port, --http-port"
                  + " and --channel-port.");
    };
  }

  private DemoOptions with(DemoPorts changed) {
    return new DemoOptions(stores, rate, seed, history, changed);
  }

  private static int port(String name, String value) {
    return (int) whole(name, value, 1, 65_535);
  }

  private static long whole(String name, String value, long least, long most) {
    try {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new StartRefused(
          "The option " + name + " needs a whole number, not '" + value + "'.", e);
    }
    throw new StartRefused(
        "The option " + name + " is from " + least + " to " + most + ", not " + value + ".");
  }

  private static double rate(String value) {
    try {
      double rate = Double.parseDouble(value);
      if (rate > 0 && rate <= 1_000) {
        return rate;
      }
    } catch (NumberFormatException e) {
      throw new StartRefused("The option --rate needs a number, not '" + value + "'.", e);
    }
    throw new StartRefused("The option --rate is more than 0 and at most 1000, not " + value + ".");
  }

  private static String history(String value) {
    if (!HISTORY.matcher(value).matches()) {
      throw new StartRefused("The option --history is like 90m, 24h or 3d, not '" + value + "'.");
    }
    return value;
  }
}
