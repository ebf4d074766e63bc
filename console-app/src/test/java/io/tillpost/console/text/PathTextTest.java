package io.tillpost.console.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.message.MessageId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sale-0412-03-20261123-004711",
        "urn:uuid:0412",
        "0412/03;4711\\8",
        "100%25~2F of ~ö?#&+=",
        ".",
        "..",
        "...",
        "$1\\"
      })
  void whatIsWrittenIsRead(String text) {
    String segment = PathText.segment(text);
    assertThat(segment).matches("(?!\\.{1,2}$)([A-Za-z0-9._~-]|%(?!2F|5C|3B|25)[0-9A-F]{2})+");
    assertThat(PathText.read(segment)).isEqualTo(text);
    assertThat(MessagePath.ofPage(segment)).contains(new MessageId(text));
  }

  @Test
  void whatNobodyWroteHereIsReadAsItStands() {
    assertThat(PathText.read("urn:uuid:0412%2F1")).isEqualTo("urn:uuid:0412/1");
    assertThat(PathText.read("50%")).isEqualTo("50%");
    assertThat(PathText.read("a~b~zz~2f")).isEqualTo("a~b~zz~2f");
  }

  @Test
  void noMessageIsCalledNothingOrTooLong() {
    assertThat(MessagePath.ofPage("%20")).isEmpty();
    assertThat(MessagePath.ofCall("x".repeat(MessageId.MAX_LENGTH + 1))).isEmpty();
    assertThat(MessagePath.ofCall("a~2Fb")).contains(new MessageId("a/b"));
  }

  @Test
  void inAQueryNothingButTheUsualEscapesIsWritten() {
    assertThat(PathText.query("a/b c~d")).isEqualTo("a%2Fb%20c~d");
  }
}
