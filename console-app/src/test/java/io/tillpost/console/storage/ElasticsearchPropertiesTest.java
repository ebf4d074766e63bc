package io.tillpost.console.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class ElasticsearchPropertiesTest {
  private static final DataSize HEAP = DataSize.ofMegabytes(512);

  @Test
  void whatIsNoFlagOfAVirtualMachineIsSaidBeforeAnythingStarts() {
    assertThat(new ElasticsearchProperties.Embedded(true, HEAP, 0, List.of("-Xlog:gc")))
        .returns(List.of("-Xlog:gc"), ElasticsearchProperties.Embedded::javaOptions);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ElasticsearchProperties.Embedded(
                    true, HEAP, 0, List.of("-Xlog:gc", "org.example.Main")))
        .withMessageContaining("java-options: 'org.example.Main' is no flag");
  }
}
