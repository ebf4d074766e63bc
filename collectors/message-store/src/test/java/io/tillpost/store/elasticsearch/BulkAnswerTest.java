package io.tillpost.store.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;

class BulkAnswerTest {
  private static final String CONFLICT =
      "{\"create\": {\"error\": {\"type\": \"version_conflict_engine_exception\"}}}";
  private static final String REFUSED =
      "{\"create\": {\"error\": {\"type\": \"mapper_parsing_exception\"}}}";

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

  @Test
  void anAnswerThatTellsOfNoErrorsHasNone() {
    assertThat(errors("{\"errors\": false}")).isEqualTo(BulkAnswer.Errors.NONE);
  }

  @Test
  void whatIsThereAlreadyIsInConflictAndNotAnotherError() {
    assertThat(errors("{\"errors\": true, \"items\": [" + CONFLICT + ", " + CONFLICT + "]}"))
        .isEqualTo(new BulkAnswer.Errors(2, 0));
  }

  @Test
  void anotherErrorIsFoundAmongConflicts() {
    assertThat(
            errors(
                "{\"errors\": true, \"items\": ["
                    + String.join(", ", CONFLICT, REFUSED, CONFLICT)
                    + "]}"))
        .isEqualTo(new BulkAnswer.Errors(2, 1));
  }

  @Test
  void anErrorThatNothingIsToldOfIsAnotherError() {
    BulkAnswer.Errors unknown = new BulkAnswer.Errors(0, 1);
    assertThat(errors("{\"errors\": true}")).isEqualTo(unknown);
    assertThat(errors("{\"errors\": true, \"items\": []}")).isEqualTo(unknown);
    assertThat(errors("{\"errors\": true, \"items\": [{\"create\": {\"error\": {}}}]}"))
        .isEqualTo(unknown);
    assertThat(errors("{}")).isEqualTo(unknown);
    assertThat(errors("[1, 2]")).isEqualTo(unknown);
    assertThat(errors("\"errors\"")).isEqualTo(unknown);
  }

  @Test
  void errorsAreReadInAnyOrderWhateverElseTheAnswerSays() {
    assertThat(
            errors(
                "{\"took\": 3, \"ingest\": {\"errors\": false, \"items\": [1]}, \"items\": ["
                    + String.join(", ", REFUSED, CONFLICT)
                    + "], \"more\": [{\"items\": []}], \"errors\": true, \"last\": {}}"))
        .isEqualTo(new BulkAnswer.Errors(1, 1));
    assertThat(errors("{\"ingest\": {\"errors\": true}, \"items\": [], \"errors\": false}"))
        .isEqualTo(BulkAnswer.Errors.NONE);
  }

  private static BulkAnswer.Errors errors(String answer) {
    try (JsonParser json = Json.MAPPER.createParser(answer)) {
      return BulkAnswer.errors(json);
    }
  }

  private static List<BulkAnswer.Item> read(String answer) {
    try (JsonParser json = Json.MAPPER.createParser(answer)) {
      return BulkAnswer.read(json);
    }
  }
}
