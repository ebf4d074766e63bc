package io.tillpost.store.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;

class BulkAnswerTest {
  @Test
  void itemsAreReadWhateverElseTheAnswerSays() {
    List<BulkAnswer.Item> items =
        read(
            """
            {"errors": true, "took": 3, "ingest": {"a": [1]}, "items": [
              {"create": {"_index": "a", "_shards": {"total": 1}, "_seq_no": 7, "_primary_term": 2,
                "status": 201}},
              {"index": {"status": 409, "error": {"type": "version_conflict_engine_exception",
                "reason": "changed", "causes": [{"type": "x"}]}}}]}
            """);
    assertThat(items).extracting(BulkAnswer.Item::status).containsExactly(201, 409);
    assertThat(items.getFirst().version()).isEqualTo(new BulkBody.Version(7, 2));
    assertThat(items.getFirst().error().isMissingNode()).isTrue();
    assertThat(items.getLast().error().path("reason").asString()).isEqualTo("changed");
  }

  @Test
  void anAnswerWithoutItemsHasNone() {
    assertThat(read("{\"acknowledged\": true}")).isEmpty();
    assertThat(read("[1, 2]")).isEmpty();
    assertThat(read("{\"items\": {}}")).isEmpty();
  }

  private static List<BulkAnswer.Item> read(String answer) {
    try (JsonParser json = Json.MAPPER.createParser(answer)) {
      return BulkAnswer.read(json);
    }
  }
}
