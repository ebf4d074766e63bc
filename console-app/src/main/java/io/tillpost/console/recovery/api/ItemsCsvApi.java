package io.tillpost.console.recovery.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tillpost.console.recovery.operation.ItemsCsv;
import io.tillpost.console.recovery.operation.Operations;
import io.tillpost.recovery.ItemState;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The messages of an operation as a file, with the right of its page. */
@RestController
@Tag(name = "Recovery", description = "Retry messages and follow what becomes of them")
class ItemsCsvApi {
  private final Operations operations;
  private final ItemsCsv items;

  ItemsCsvApi(Operations operations, ItemsCsv items) {
    this.operations = operations;
    this.items = items;
  }

  @GetMapping("/api/v1/operations/{id}/items.csv")
  @Operation(
      summary = "All messages of an operation as CSV",
      description =
          "With the outcome of each as it is now. No cell is taken for a formula. Messages of other"
              + " stores are left out.")
  @ApiResponse(responseCode = "200", description = "The messages, ordered by their ids")
  @ApiResponse(responseCode = "404", description = "There is no such operation")
  @Nullable ResponseEntity<?> csv(
      @PathVariable String id,
      @Parameter(description = "Only messages in these states") @RequestParam(required = false)
          @Nullable Set<ItemState> state,
      HttpServletResponse response)
      throws IOException {
    // Asks for the right before the answer begins, so that a refusal is a problem and no torn file.
    if (operations.find(id).isEmpty()) {
      return Problems.of(HttpStatus.NOT_FOUND, "There is no operation " + id);
    }
    response.setContentType("text/csv");
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"operation.csv\"");
    items.export(id, state == null ? Set.of() : state, response.getWriter());
    return null;
  }
}
