package io.tillpost.estate.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageKeyTest {
  private static final LocalDate DATE = LocalDate.of(2026, 11, 23);

  @Test
  void readsAsAPersonWouldSayIt() {
    MessageKey key = new MessageKey(Workflow.SALES_POSTING, 412, 3, DATE, 4711);
    assertThat(key.id()).isEqualTo("sale-0412-03-20261123-004711");
    assertThat(key.receipt()).isEqualTo("0412-03-4711");
  }

  @ParameterizedTest
  @EnumSource(Workflow.class)
  void isReadBackFromItsId(Workflow workflow) {
    int register = workflow.perRegister() ? 12 : 0;
    MessageKey key = new MessageKey(workflow, 7, register, DATE, 1);
    assertThat(MessageKey.parse(key.id())).contains(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sale",
        "sale-0412-20261123-004711",
        "sale-0412-03-20261323-004711",
        "sale-0412-03-20260230-004711",
        "order-0412-03-20261123-004711",
        "sale-412-03-20261123-004711"
      })
  void isNotReadFromAnythingElse(String id) {
    assertThat(MessageKey.parse(id)).isEmpty();
  }
}
