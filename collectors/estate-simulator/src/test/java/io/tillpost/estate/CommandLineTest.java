package io.tillpost.estate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void printsTheStoresAsCsv() {
    assertThat(run("stores", "--stores", "60", "--seed", "7")).isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(61);
    assertThat(lines.getFirst())
        .isEqualTo("store_id,name,region,time_zone,currency,opens,closes,registers");
    for (String line : lines.subList(1, 61)) {
      String[] fields = line.split(",", -1);
      assertThat(fields).hasSize(8);
      assertThat(fields[0]).matches("\\d{4}");
      assertThat(ZoneId.of(fields[3])).isNotNull();
      assertThat(Currency.getInstance(fields[4])).isNotNull();
      assertThat(LocalTime.parse(fields[5])).isBefore(LocalTime.parse(fields[6]));
      assertThat(Integer.parseInt(fields[7])).isPositive();
    }
  }

  @Test
  void printsTheSchemaOfSales() {
    assertThat(run("schema")).isZero();
    assertThat(out.toString()).startsWith("{").contains("\"sales/2\"").endsWith("}\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stores --stores 0",
        "stores --stores many",
        "run",
        "run --state x --rate 0",
        "run --state x --history yesterday",
        "run --state x --scenario storm",
        "run --state x --otlp nowhere",
        "run --state x --channel-port 70000",
        "run --state x --threads 0",
        "run --stat x"
      })
  void refusesAWrongOptionInOneSentence(String arguments) {
    assertThat(run(arguments.split(" ", -1))).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
  }

  private int run(String... arguments) {
    CommandLine line = EstateSimulator.commandLine();
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return line.execute(arguments);
  }
}
