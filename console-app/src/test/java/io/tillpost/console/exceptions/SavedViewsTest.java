package io.tillpost.console.exceptions;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.audit.AuditEntry;
import io.tillpost.console.exceptions.SavedViews.Answer;
import io.tillpost.console.exceptions.SavedViews.Listed;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.failure.Fingerprint;
import io.tillpost.store.DocumentKind;
import io.tillpost.store.DocumentKind.FieldType;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.Documents;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** Views of which there are, or were, many. */
class SavedViewsTest extends TriageWorld {
  private static final int MANY = 1_010;

  private final SavedViews views =
      new SavedViews(stores.documents(), inbox, audit, new CurrentOperator(), clock);

  @Test
  void viewsThatWereTakenAwayByTheThousandPushOutNoneThatIsThere() {
    for (int i = 0; i < MANY; i++) {
      keep(i, "", "support", false);
      keep(MANY + i, "", "oncall", false);
    }
    SavedView sales = kept(views.save("Sales", "workflow=sales-posting", false));
    logIn("oncall");
    SavedView stock = kept(views.save("Stock", "workflow=stock-update", true));

    logIn("support");
    assertThat(views.list())
        .extracting(Listed::view, Listed::mine)
        .containsExactly(Tuple.tuple(sales, true), Tuple.tuple(stock, false));
    assertThat(views.create("Sales", "", false, null)).isInstanceOf(Answer.Conflict.class);
    assertThat(kept(views.save("Sales", "store=0412", false)).id()).isEqualTo(sales.id());
    assertThat(views.remove(sales.id())).isEqualTo(new Answer.Removed());
    assertThat(views.list()).extracting(Listed::view).containsExactly(stock);
  }

  @Test
  void moreSharedViewsThanAPageAreSeen() {
    for (int i = 0; i < MANY; i++) {
      keep(i, "View " + i, "somebody-" + i / 100, true);
    }
    assertThat(views.list()).hasSize(MANY);
  }

  @Test
  void aNameThatReadsLikeASharedViewIsAnotherName() {
    SavedView shared = kept(views.create("a", "q=x", true, null));
    clock.advance(Duration.ofMinutes(1));

    SavedView own = kept(views.change(shared.id(), "a · shared", "q=x", false));

    assertThat(own).isEqualTo(shared.as("a · shared", "q=x", false, clock.instant()));
    assertThat(views.list()).extracting(Listed::view).containsExactly(own);
    assertThat(
            stores
                .documents()
                .of(new DocumentKind<>("audit-entries", AuditEntry.class, Map.of(), true))
                .find(DocumentQuery.ALL)
                .items())
        .extracting(found -> found.value().action().name())
        .containsExactlyInAnyOrder("SHARE_VIEW", "CHANGE_VIEW");
    logIn("oncall");
    assertThat(views.list()).isEmpty();
  }

  @Test
  void whoLookedAtMoreViewsThanAPageHasLookedAtEachOfThem() {
    Fingerprint tax = fail("TAX", sale("0001"));
    SavedView view = kept(views.create("All", "", false, null));
    assertThat(inbox.find(tax)).isPresent();
    for (int i = 0; i < MANY; i++) {
      views.looked("!%04d".formatted(i));
    }
    clock.advance(Duration.ofHours(2));

    views.looked(view.id());

    assertThat(views.list()).extracting(Listed::fresh).containsExactly(0L);
  }

  /** As it is stored, before all whose ids are made. */
  private void keep(int number, String name, String owner, boolean shared) {
    Documents<SavedView> documents =
        stores
            .documents()
            .of(
                new DocumentKind<>(
                    "exception-views",
                    SavedView.class,
                    Map.of("owner", FieldType.KEYWORD, "shared", FieldType.BOOLEAN),
                    true));
    String id = "!%04d".formatted(number);
    documents.create(id, new SavedView(id, name, owner, shared, "", clock.instant(), null));
  }

  private static SavedView kept(Answer answer) {
    assertThat(answer).isInstanceOf(Answer.Kept.class);
    return ((Answer.Kept) answer).view();
  }
}
