package io.tillpost.console.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tillpost.console.start.StartRefused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoOptionsTest {
  @Test
  void nothingAskedForIsTheUsualEstate() {
    assertThat(DemoOptions.parse(List.of()))
        .isEqualTo(new DemoOptions(600, 1, 42, "24h", new DemoPorts(8080, 4317, 4318, 8090)));
  }

  @Test
  void everyOptionIsTaken() {
    assertThat(
            DemoOptions.parse(
                List.of(
                    "--stores",
                    "5",
                    "--rate",
                    "2.5",
                    "--seed",
                    "-7",
                    "--history",
                    "90m",
                    "--port",
                    "1",
                    "--grpc-port",
                    "2",
                    "--http-port",
                    "3",
                    "--channel-port",
                    "4")))
        .isEqualTo(new DemoOptions(5, 2.5, -7, "90m", new DemoPorts(1, 2, 3, 4)));
  }

  @ParameterizedTest
  @CsvSource({
    "--stores, 0, from 1 to 9999",
    "--stores, many, needs a whole number",
    "--rate, 0, more than 0",
    "--rate, fast, needs a number",
    "--history, 24, is like 90m",
    "--port, 65536, from 1 to 65535",
    "--grpc-port, 0, from 1 to 65535",
    "--colour, red, demo has no option --colour"
  })
  void aWrongOptionIsRefusedInASentence(String name, String value, String sentence) {
    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(() -> DemoOptions.parse(List.of(name, value)))
        .withMessageContaining(sentence);
  }

  @Test
  void anOptionWithoutAValueIsRefused() {
    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(() -> DemoOptions.parse(List.of("--stores")))
        .withMessageContaining("needs a value");
  }

  @Test
  void aBusyPortIsNamedTogetherWithTheOptionThatHelps() throws IOException {
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      DemoPorts ports = new DemoPorts(1, 2, 3, 4).console(busy.getLocalPort());

      assertThatExceptionOfType(StartRefused.class)
          .isThrownBy(ports::checkFree)
          .withMessageContaining("Port " + busy.getLocalPort())
          .withMessageContaining("--port");
    }
  }

  @Test
  void twoPartsOnOnePortAreRefused() {
    assertThatExceptionOfType(StartRefused.class)
        .isThrownBy(new DemoPorts(8080, 4317, 4317, 8090)::checkFree)
        .withMessageContaining("four different ports");
  }
}
