package io.tillpost.console.recovery.edit;

import io.tillpost.console.schema.SchemaHint;
import io.tillpost.console.schema.SchemaKind;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.BiConsumer;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Fields of XML, like {@code sale/line[2]/taxCode} and {@code sale/line[2]/@id}. A document type is
 * refused: it could name files of this machine.
 */
final class XmlFormat implements PayloadFormat {
  @Override
  public Reading read(String body) {
    try {
      SequencedMap<String, Value> values = new LinkedHashMap<>();
      walk(parse(body), (path, node) -> values.put(path, value(node)));
      return new Reading.Fields(values);
    } catch (SAXParseException e) {
      return new Reading.Broken(
          "This is not XML: look at line %d, column %d"
              .formatted(e.getLineNumber(), e.getColumnNumber()));
    } catch (SAXException _) {
      return new Reading.Broken("This is not XML");
    }
  }

  @Override
  public SchemaKind kind() {
    return SchemaKind.XML;
  }

  @Override
  public Map<String, Integer> lines(String body) {
    return XmlLines.of(body);
  }

  @Override
  public Writing write(String body, Map<String, String> values, Map<String, SchemaHint> hints) {
    Map<String, String> faults = new LinkedHashMap<>();
    try {
      Document document = parse(body);
      walk(
          document,
          (path, node) -> {
            String text = values.get(path);
            Value value = value(node);
            if (text == null || text.equals(value.text())) {
              return;
            }
            if (value.kind() == Kind.OTHER) {
              faults.put(path, "This can be changed in the text only");
            } else {
              node.setTextContent(text);
            }
          });
      return faults.isEmpty()
          ? new Writing.Text(text(document, body.stripLeading().startsWith("<?xml")))
          : new Writing.Misfits(faults);
    } catch (SAXException e) {
      throw new IllegalArgumentException("It could be read before", e);
    }
  }

  private static Value value(Node node) {
    boolean mixed = node instanceof Element element && !children(element).isEmpty();
    return mixed
        ? new Value(Kind.OTHER, ownText((Element) node))
        : new Value(Kind.TEXT, node.getTextContent());
  }

  /** Tells of every attribute, every element without elements, and text between elements. */
  private static void walk(Document document, BiConsumer<String, Node> leaf) {
    Element root = document.getDocumentElement();
    walk(root.getNodeName(), root, leaf);
  }

  private static void walk(String path, Element element, BiConsumer<String, Node> leaf) {
    for (int i = 0; i < element.getAttributes().getLength(); i++) {
      Attr attribute = (Attr) element.getAttributes().item(i);
      leaf.accept(path + "/@" + attribute.getName(), attribute);
    }
    List<Element> children = children(element);
    if (children.isEmpty() || !ownText(element).isBlank()) {
      leaf.accept(path, element);
    }
    for (Element child : children) {
      List<Element> alike =
          children.stream().filter(c -> c.getNodeName().equals(child.getNodeName())).toList();
      String index = alike.size() == 1 ? "" : "[" + (alike.indexOf(child) + 1) + "]";
      walk(path + "/" + child.getNodeName() + index, child, leaf);
    }
  }

  private static List<Element> children(Element element) {
    List<Element> children = new ArrayList<>();
    for (Node n = element.getFirstChild(); n != null; n = n.getNextSibling()) {
      if (n instanceof Element child) {
        children.add(child);
      }
    }
    return children;
  }

  private static String ownText(Element element) {
    StringBuilder text = new StringBuilder();
    for (Node n = element.getFirstChild(); n != null; n = n.getNextSibling()) {
      if (n.getNodeType() == Node.TEXT_NODE || n.getNodeType() == Node.CDATA_SECTION_NODE) {
        text.append(n.getNodeValue());
      }
    }
    return text.toString();
  }

  private static Document parse(String body) throws SAXException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setXIncludeAware(false);
      factory.setExpandEntityReferences(false);
      DocumentBuilder builder = factory.newDocumentBuilder();
      // The one of the platform writes to the error stream.
      builder.setErrorHandler(new DefaultHandler());
      return builder.parse(new InputSource(new StringReader(body)));
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("Every Java platform reads XML", e);
    } catch (IOException e) {
      throw new IllegalStateException("Text in memory can be read", e);
    }
  }

  private static String text(Document document, boolean declared) {
    try {
      Transformer transformer = TransformerFactory.newInstance().newTransformer();
      transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, declared ? "no" : "yes");
      document.setXmlStandalone(true);
      StringWriter text = new StringWriter();
      transformer.transform(new DOMSource(document), new StreamResult(text));
      return text.toString();
    } catch (TransformerException e) {
      throw new IllegalStateException("What was read can be written", e);
    }
  }
}
