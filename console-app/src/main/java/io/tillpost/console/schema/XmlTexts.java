package io.tillpost.console.schema;

import java.io.IOException;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Reads XML that nobody vouches for: no document type, so no entities, and nothing from outside.
 */
final class XmlTexts {
  private XmlTexts() {}

  static Document parse(InputSource source) throws SAXException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      // Else a tree is made while it is read, which several threads must not do at once.
      factory.setFeature("http://apache.org/xml/features/dom/defer-node-expansion", false);
      factory.setXIncludeAware(false);
      factory.setExpandEntityReferences(false);
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
      DocumentBuilder builder = factory.newDocumentBuilder();
      // The one of the platform writes to the error stream.
      builder.setErrorHandler(new DefaultHandler());
      return builder.parse(source);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("Every Java platform reads XML", e);
    } catch (IOException e) {
      throw new IllegalStateException("Text in memory can be read", e);
    }
  }

  /**
   * How an element is named where payloads are edited, like {@code sale/line[2]/taxCode}: counted
   * from 1 where there are several of its name.
   */
  static String path(Element element) {
    String step = element.getNodeName() + position(element);
    return element.getParentNode() instanceof Element parent ? path(parent) + "/" + step : step;
  }

  private static String position(Element element) {
    int before = alike(element, Node::getPreviousSibling);
    return before + alike(element, Node::getNextSibling) == 0 ? "" : "[" + (before + 1) + "]";
  }

  private static int alike(Element element, java.util.function.UnaryOperator<Node> next) {
    int alike = 0;
    if (element.getParentNode() instanceof Element) {
      for (Node n = next.apply(element); n != null; n = next.apply(n)) {
        if (n instanceof Element other && other.getNodeName().equals(element.getNodeName())) {
          alike++;
        }
      }
    }
    return alike;
  }
}
