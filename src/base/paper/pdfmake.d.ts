/// <reference types="pdfkit" />
// pdfmake 0.3 has no types for the document class that its printer draws on: pdfkit's, with pdfmake's own arguments first.
declare module 'pdfmake/js/PDFDocument.js' {
  export type OpenDocument = new (
    fonts: object,
    images: object,
    patterns: object,
    attachments: object,
    options: PDFKit.PDFDocumentOptions,
  ) => PDFKit.PDFDocument
}
