package io.tillpost.console.schema;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.xml.XMLConstants;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXNotRecognizedException;
import org.xml.sax.SAXNotSupportedException;
import org.xml.sax.SAXParseException;

/**
 * An XML Schema, by the validator of the platform with every access to something outside switched
 * off. Patterns of XML Schema are matched by code of the platform that cannot be told to stop, so a
 * check is waited for only so long, and a schema that left checks behind gets no more of them until
 * those have ended.
 */
final class XmlPayloadSchema implements PayloadSchema {
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final int MOST_AT_A_TIME = 4;
  private static final String LOCALE = "http://apache.org/xml/properties/locale";

  private final String name;
  private final Schema schema;
  private final XsdHints hints;
  private final Duration longest;
  private final Semaphore room = new Semaphore(MOST_AT_A_TIME);

  /** Checks that nobody waits for any more and that still run. */
  private final AtomicInteger leftBehind = new AtomicInteger();

  private XmlPayloadSchema(String name, Schema schema, XsdHints hints, Duration longest) {
    this.name = name;
    this.schema = schema;
    this.hints = hints;
    this.longest = longest;
  }

  /** Reads one, and looks whether it is one. */
  static XmlPayloadSchema read(String name, byte[] text) throws UnusableSchema {
    return read(name, text, LONGEST);
  }

  /**
   * The same.
   *
   * @param longest how long a check is waited for
   */
  static XmlPayloadSchema read(String name, byte[] text, Duration longest) throws UnusableSchema {
    try {
      Document document = XmlTexts.parse(new InputSource(new ByteArrayInputStream(text)));
      refuseOtherFiles(document);
      SchemaFactory factory = SchemaFactory.newDefaultInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
      Schema schema = factory.newSchema(new StreamSource(new ByteArrayInputStream(text)));
      return new XmlPayloadSchema(name, schema, new XsdHints(document), longest);
    } catch (SAXParseException e) {
      throw new UnusableSchema(
          "look at line %d, column %d: %s"
              .formatted(e.getLineNumber(), e.getColumnNumber(), XmlFaults.withoutCode(e)));
    } catch (SAXException e) {
      throw new UnusableSchema(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public SchemaKind kind() {
    return SchemaKind.XML;
  }

  @Override
  public SchemaVerdict check(String body) {
    if (leftBehind.get() > 0) {
      return notChecked();
    }
    AtomicBoolean ended = new AtomicBoolean();
    try {
      if (!room.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
        return notChecked();
      }
      FutureTask<List<SchemaFault>> check =
          new FutureTask<>(
              () -> {
                try {
                  return faults(body);
                } finally {
                  room.release();
                  if (!ended.compareAndSet(false, true)) {
                    leftBehind.decrementAndGet();
                  }
                }
              });
      Thread.ofPlatform().daemon().name("schema-check").start(check);
      return new SchemaVerdict.Checked(check.get(longest.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      leaveBehind(ended);
      return notChecked();
    } catch (TimeoutException e) {
      leaveBehind(ended);
      return notChecked();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StackOverflowError) {
        return notChecked();
      }
      throw new IllegalStateException("A payload could not be checked against " + name, e);
    }
  }

  private void leaveBehind(AtomicBoolean ended) {
    // In this order, so that the check that ends now takes away what was added before.
    leftBehind.incrementAndGet();
    if (!ended.compareAndSet(false, true)) {
      leftBehind.decrementAndGet();
    }
  }

  @Override
  public Map<String, SchemaHint> hints(String body) {
    try {
      return hints.of(XmlTexts.parse(new InputSource(new StringReader(body))).getDocumentElement());
    } catch (SAXException e) {
      // Prefixes that are not declared: the check says so.
      return Map.of();
    }
  }

  private List<SchemaFault> faults(String body) throws SAXException {
    Document document;
    try {
      document = XmlTexts.parse(new InputSource(new StringReader(body)));
    } catch (SAXException e) {
      return List.of(new SchemaFault("", "namespaces", "Its prefixes are not declared"));
    }
    Validator validator = schema.newValidator();
    validator.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    validator.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
    inEnglish(validator);
    XmlFaults faults = new XmlFaults(validator);
    validator.setErrorHandler(faults);
    try {
      validator.validate(new DOMSource(document));
    } catch (IOException e) {
      throw new IllegalStateException("Text in memory can be read", e);
    }
    return faults.all();
  }

  private static void inEnglish(Validator validator) {
    try {
      validator.setProperty(LOCALE, Locale.ENGLISH);
    } catch (SAXNotRecognizedException | SAXNotSupportedException e) {
      // Then its words are in the language of the machine; codes and places are the same.
    }
  }

  private SchemaVerdict notChecked() {
    return new SchemaVerdict.NotChecked(
        "The payload cannot be checked against the schema %s: it takes too long. Ask who keeps the schema to make its patterns simpler"
            .formatted(name));
  }

  private static void refuseOtherFiles(Document document) throws UnusableSchema {
    for (String word : List.of("include", "import", "redefine", "override")) {
      NodeList found = document.getElementsByTagNameNS(XMLConstants.W3C_XML_SCHEMA_NS_URI, word);
      for (int i = 0; i < found.getLength(); i++) {
        String where = ((Element) found.item(i)).getAttribute("schemaLocation");
        if (!where.isEmpty()) {
          throw new UnusableSchema(
              "it refers to %s, and no other file is read: put both into one file"
                  .formatted(where));
        }
      }
    }
  }
}
