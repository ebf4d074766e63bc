package io.tillpost.console.messages;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tillpost.console.text.MessagePath;
import io.tillpost.failure.Fingerprint;
import io.tillpost.message.Message;
import io.tillpost.message.MessageStatus;
import io.tillpost.store.MessageQuery;
import io.tillpost.store.Messages.StoredMessage;
import io.tillpost.store.Page;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Messages over HTTP. */
@RestController
@RequestMapping("/api/v1/messages")
@Tag(name = "Messages")
class MessagesApi {
  private final MessageStories stories;
  private final Clock clock;

  MessagesApi(MessageStories stories, Clock clock) {
    this.stories = stories;
    this.clock = clock;
  }

  @GetMapping("/{messageId}")
  @Operation(summary = "One message: its state, stages with times, attempts, failure and trace")
  MessageJson message(@PathVariable String messageId) {
    return find(messageId)
        .map(stored -> MessageJson.of(stored, stories.exceptions(), clock.instant()))
        .orElseThrow(
            () ->
                new ResponseStatusException(
                    HttpStatus.NOT_FOUND,
                    "There is no message with this id, or it is older than the retention"));
  }

  @GetMapping
  @Operation(summary = "Messages by message id, receipt, correlation id, store or transaction")
  PageJson messages(
      @RequestParam(required = false) @Nullable String q,
      @RequestParam(defaultValue = "") Set<String> workflow,
      @RequestParam(defaultValue = "") Set<MessageStatus> status,
      @RequestParam(defaultValue = "") Set<String> store,
      @RequestParam(defaultValue = "false") boolean attention,
      @RequestParam(defaultValue = "100") int size,
      @RequestParam(required = false) @Nullable String after) {
    if (size < 1 || size > 1_000) {
      throw new ResponseStatusException(
          HttpStatus.BAD_REQUEST, "size: a page has 1 to 1,000 messages");
    }
    MessageQuery query =
        MessageQuery.ALL
            .withText(q)
            .withWorkflows(workflow)
            .withStatuses(status)
            .withStoreIds(store)
            .withAttentionAt(attention ? clock.instant() : null)
            .page(size, after);
    return PageJson.of(stories.search(query), stories.exceptions(), clock);
  }

  private Optional<StoredMessage> find(String messageId) {
    return MessagePath.ofCall(messageId).flatMap(stories::find);
  }

  /**
   * A part of a list of messages.
   *
   * @param total exact up to 10,000
   * @param next to be given as {@code after} for the following part; absent at the end
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record PageJson(List<MessageJson> items, long total, @Nullable String next) {
    static PageJson of(
        Page<StoredMessage> page,
        Function<Message, Optional<Fingerprint>> exceptions,
        Clock clock) {
      return new PageJson(
          page.items().stream().map(m -> MessageJson.of(m, exceptions, clock.instant())).toList(),
          page.total(),
          page.next());
    }
  }
}
