package io.tillpost.elasticsearch.embedded;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedElasticsearchTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "network.host",
        "http.host",
        "http.bind_host",
        "transport.publish_host",
        "http.port",
        "path.data",
        "cluster.name"
      })
  void refusesASettingThatWouldOpenTheNodeToTheNetworkOrMoveItsFiles(String key) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmbeddedElasticsearch.builder().setting(key, "0.0.0.0"))
        .withMessageContaining(key);
  }

  @Test
  void refusesAHeapThatCarriesNoNode() {
    assertThatIllegalArgumentException().isThrownBy(() -> EmbeddedElasticsearch.builder().heap(64));
  }

  @Test
  void refusesWhatIsNoPort() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmbeddedElasticsearch.builder().httpPort(65_536));
  }

  @Test
  void refusesWhatIsNoFlag() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmbeddedElasticsearch.builder().javaOption("Main"));
  }

  @Test
  void needsAHome() {
    assertThatNullPointerException()
        .isThrownBy(() -> EmbeddedElasticsearch.builder().build())
        .withMessage("home");
  }
}
